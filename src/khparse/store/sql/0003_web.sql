-- What the web page adds: files waiting to be read, what people corrected, who they are.

-- A file that somebody put in; its bytes lie beside the database under their sha256.
CREATE TABLE jobs (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL,
  sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
  size INTEGER NOT NULL CHECK (size >= 0),
  any_document INTEGER NOT NULL DEFAULT 0 CHECK (any_document IN (0, 1)),
  state TEXT NOT NULL DEFAULT 'queued' CHECK (state IN ('queued', 'working', 'done', 'failed')),
  outcome TEXT CHECK (outcome IN ('new', 'updated', 'unchanged')),
  plan_id INTEGER REFERENCES plans(id) ON DELETE SET NULL,
  why TEXT,
  notices TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(notices)),
  tries INTEGER NOT NULL DEFAULT 0,
  added_by TEXT,
  added_at TEXT NOT NULL,
  ended_at TEXT
);
CREATE INDEX jobs_state ON jobs (state, id);
CREATE INDEX jobs_plan ON jobs (plan_id);

-- What a person made of a record: kept by what the record says (kind, quote, section), never by its id, so that it
-- holds after the plan is read anew. `before` and `after` are whole records, null where there is none.
CREATE TABLE corrections (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  plan_id INTEGER NOT NULL REFERENCES plans(id) ON DELETE CASCADE,
  kind TEXT NOT NULL CHECK (kind IN ('task', 'target', 'budget', 'finding', 'reference')),
  action TEXT NOT NULL CHECK (action IN ('accept', 'change', 'reject', 'add')),
  quote TEXT NOT NULL,
  section TEXT,
  before TEXT CHECK (before IS NULL OR json_valid(before)),
  after TEXT CHECK (after IS NULL OR json_valid(after)),
  author TEXT NOT NULL,
  made_at TEXT NOT NULL,
  undone_by TEXT,
  undone_at TEXT
);
CREATE INDEX corrections_plan ON corrections (plan_id, id);

CREATE TABLE accounts (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL UNIQUE CHECK (name <> ''),
  password TEXT NOT NULL,
  role TEXT NOT NULL CHECK (role IN ('reader', 'editor', 'admin')),
  active INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1)),
  made_at TEXT NOT NULL
);

-- `token` is the sha256 of what the browser holds.
CREATE TABLE sessions (
  token TEXT PRIMARY KEY,
  account_id INTEGER NOT NULL REFERENCES accounts(id) ON DELETE CASCADE,
  ends_at TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX sessions_account ON sessions (account_id);

-- The orders that lists are read in.
CREATE INDEX tasks_place ON tasks (plan_id, "start");
CREATE INDEX tasks_title ON tasks (title);
CREATE INDEX targets_place ON targets (plan_id, "start");
CREATE INDEX budgets_place ON budgets (plan_id, "start");
CREATE INDEX budgets_amount ON budgets (amount_vnd);
CREATE INDEX findings_place ON findings (plan_id, "start");
CREATE INDEX deadlines_recurring ON deadlines (task_id) WHERE recurrence IS NOT NULL;
CREATE INDEX plans_date ON plans (date);
