-- What comparison looks phrases up by, so that a new plan meets only what it can conflict with; all of it can be
-- made anew from the records.

-- Each phrase once, whichever records say it.
CREATE TABLE phrases (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  kind TEXT NOT NULL CHECK (kind IN ('target', 'task', 'budget')),
  text TEXT NOT NULL,
  UNIQUE (kind, text)
);

-- compare.blocks' keys of a phrase.
CREATE TABLE phrase_keys (
  key INTEGER NOT NULL,
  phrase_id INTEGER NOT NULL REFERENCES phrases(id) ON DELETE CASCADE,
  PRIMARY KEY (key, phrase_id)
) WITHOUT ROWID;

CREATE TABLE sayings (
  kind TEXT NOT NULL CHECK (kind IN ('target', 'task', 'budget')),
  record_id INTEGER NOT NULL,
  plan_id INTEGER NOT NULL REFERENCES plans(id) ON DELETE CASCADE,
  phrase_id INTEGER NOT NULL REFERENCES phrases(id),
  PRIMARY KEY (kind, record_id)
) WITHOUT ROWID;
CREATE INDEX sayings_phrase ON sayings (phrase_id, plan_id);
CREATE INDEX sayings_plan ON sayings (plan_id);

-- Which plans are filed, in which state of the plan and by which version of the keys.
CREATE TABLE filed_plans (
  plan_id INTEGER PRIMARY KEY REFERENCES plans(id) ON DELETE CASCADE,
  changed_at TEXT NOT NULL,
  keys_version INTEGER NOT NULL
);

-- How far a task has come, told by a person; `identity` is made of what the task says and outlives its id.
CREATE TABLE task_statuses (
  identity TEXT PRIMARY KEY,
  status TEXT NOT NULL CHECK (status IN ('not_started', 'in_progress', 'done')),
  date TEXT CHECK (date IS NULL OR date GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  remark TEXT,
  decided_at TEXT NOT NULL
) WITHOUT ROWID;
