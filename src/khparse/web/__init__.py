"""The page that an officer opens: server-rendered, no address outside the machine, each page with a JSON twin."""
