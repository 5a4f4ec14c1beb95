-- The first schema. A record row carries where it was read (start, end, quote, page, section) and what read it.
-- Offsets count characters of texts.text; the triggers at the end hold every quote to it.

-- Territories; `identity` is registry.jurisdictions' ("2:quảng ninh/tiên yên/").
CREATE TABLE jurisdictions (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  identity TEXT NOT NULL UNIQUE,
  level TEXT NOT NULL CHECK (level IN ('central', 'province', 'district', 'commune')),
  name TEXT NOT NULL
);

-- One office is one row; `identity` is registry.offices', `parent` that of the office it is a part of (which may
-- not be named yet), `folded` the words without case, diacritics and marks.
CREATE TABLE offices (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  identity TEXT NOT NULL UNIQUE,
  jurisdiction_id INTEGER NOT NULL REFERENCES jurisdictions(id),
  name TEXT NOT NULL CHECK (name <> ''),
  folded TEXT NOT NULL,
  collective INTEGER NOT NULL CHECK (collective IN (0, 1)),
  parent TEXT
);
CREATE INDEX offices_folded ON offices (folded);
CREATE INDEX offices_parent ON offices (parent);
CREATE INDEX offices_jurisdiction ON offices (jurisdiction_id);

-- What plans call an office: `folded` is the words without diacritics, blanks and marks ("sogddt").
CREATE TABLE office_aliases (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  office_id INTEGER NOT NULL REFERENCES offices(id) ON DELETE CASCADE,
  text TEXT NOT NULL,
  folded TEXT NOT NULL,
  UNIQUE (office_id, text)
);
CREATE INDEX office_aliases_folded ON office_aliases (folded);

CREATE TABLE files (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  sha256 TEXT NOT NULL UNIQUE CHECK (length(sha256) = 64),
  name TEXT NOT NULL,
  media_type TEXT NOT NULL,
  size INTEGER NOT NULL CHECK (size >= 0),
  pages INTEGER CHECK (pages >= 1),
  confidence REAL NOT NULL CHECK (confidence BETWEEN 0 AND 1),
  notices TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(notices)),
  parser_version INTEGER NOT NULL,
  read_at TEXT NOT NULL,
  plan_id INTEGER REFERENCES plans(id) ON DELETE CASCADE
);
CREATE INDEX files_plan ON files (plan_id);

-- Which content a path last held: a file changed back to an older state is a change.
CREATE TABLE paths (
  path TEXT PRIMARY KEY,
  file_id INTEGER NOT NULL REFERENCES files(id) ON DELETE CASCADE
) WITHOUT ROWID;
CREATE INDEX paths_file ON paths (file_id);

CREATE TABLE plans (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  identity TEXT NOT NULL UNIQUE,
  version INTEGER NOT NULL DEFAULT 1 CHECK (version >= 1),
  file_id INTEGER NOT NULL REFERENCES files(id) DEFERRABLE INITIALLY DEFERRED,
  jurisdiction_id INTEGER REFERENCES jurisdictions(id),
  issuer_id INTEGER REFERENCES offices(id),
  type TEXT,
  number TEXT,
  issuer TEXT,
  province TEXT,
  date TEXT CHECK (date IS NULL OR date GLOB '[0-9][0-9][0-9][0-9]*'),
  title TEXT,
  digest TEXT NOT NULL,
  added_at TEXT NOT NULL,
  changed_at TEXT NOT NULL
);
CREATE INDEX plans_number ON plans (number);
CREATE INDEX plans_file ON plans (file_id);
CREATE INDEX plans_issuer ON plans (issuer_id);
CREATE INDEX plans_jurisdiction ON plans (jurisdiction_id);

-- What a plan said before a changed version of it came in: the whole extraction record.
CREATE TABLE plan_versions (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  plan_id INTEGER NOT NULL REFERENCES plans(id) ON DELETE CASCADE,
  version INTEGER NOT NULL CHECK (version >= 1),
  file_id INTEGER NOT NULL REFERENCES files(id),
  replaced_at TEXT NOT NULL,
  record TEXT NOT NULL CHECK (json_valid(record)),
  UNIQUE (plan_id, version)
);
CREATE INDEX plan_versions_file ON plan_versions (file_id);

CREATE TABLE texts (
  plan_id INTEGER PRIMARY KEY REFERENCES plans(id) ON DELETE CASCADE,
  text TEXT NOT NULL
);

CREATE TABLE pages (
  plan_id INTEGER NOT NULL REFERENCES texts(plan_id) ON DELETE CASCADE,
  number INTEGER NOT NULL CHECK (number >= 1),
  "start" INTEGER NOT NULL CHECK ("start" >= 0),
  "end" INTEGER NOT NULL CHECK ("end" >= "start"),
  ocr INTEGER NOT NULL CHECK (ocr IN (0, 1)),
  PRIMARY KEY (plan_id, number)
) WITHOUT ROWID;

CREATE TABLE signers (
  plan_id INTEGER NOT NULL REFERENCES plans(id) ON DELETE CASCADE,
  place INTEGER NOT NULL,
  name TEXT NOT NULL,
  position TEXT NOT NULL,
  PRIMARY KEY (plan_id, place)
) WITHOUT ROWID;

CREATE TABLE recipients (
  plan_id INTEGER NOT NULL REFERENCES plans(id) ON DELETE CASCADE,
  place INTEGER NOT NULL,
  text TEXT NOT NULL,
  PRIMARY KEY (plan_id, place)
) WITHOUT ROWID;

CREATE TABLE sections (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  plan_id INTEGER NOT NULL REFERENCES plans(id) ON DELETE CASCADE,
  path TEXT NOT NULL,
  label TEXT,
  heading TEXT NOT NULL,
  level INTEGER NOT NULL CHECK (level >= 0),
  page INTEGER CHECK (page >= 1),
  "start" INTEGER NOT NULL CHECK ("start" >= 0),
  "end" INTEGER NOT NULL CHECK ("end" >= "start")
);
CREATE INDEX sections_plan ON sections (plan_id, path);

-- Documents that plans refer to, each once, in the fullest form found.
CREATE TABLE documents (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  identity TEXT NOT NULL,
  type TEXT NOT NULL,
  number TEXT,
  date TEXT,
  issuer TEXT,
  title TEXT
);
CREATE INDEX documents_identity ON documents (identity);
CREATE INDEX documents_number ON documents (number);

-- A document as this plan names it: date, issuer and title are what the plan itself states.
CREATE TABLE citations (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  plan_id INTEGER NOT NULL REFERENCES plans(id) ON DELETE CASCADE,
  section_id INTEGER REFERENCES sections(id),
  document_id INTEGER NOT NULL REFERENCES documents(id),
  relation TEXT NOT NULL CHECK (relation IN ('implements', 'basis', 'amends', 'replaces', 'repeals', 'cites')),
  type TEXT NOT NULL,
  date TEXT,
  issuer TEXT,
  title TEXT,
  pinpoint TEXT,
  mentions INTEGER NOT NULL CHECK (mentions >= 1),
  quote TEXT NOT NULL,
  page INTEGER CHECK (page >= 1),
  "start" INTEGER NOT NULL CHECK ("start" >= 0),
  "end" INTEGER NOT NULL CHECK ("end" > "start"),
  source TEXT NOT NULL,
  confidence REAL NOT NULL CHECK (confidence BETWEEN 0 AND 1)
);
CREATE INDEX citations_plan ON citations (plan_id);
CREATE INDEX citations_document ON citations (document_id, relation);
CREATE INDEX citations_section ON citations (section_id);

CREATE TABLE mentions (
  citation_id INTEGER NOT NULL REFERENCES citations(id) ON DELETE CASCADE,
  "start" INTEGER NOT NULL CHECK ("start" >= 0),
  "end" INTEGER NOT NULL CHECK ("end" > "start"),
  PRIMARY KEY (citation_id, "start", "end")
) WITHOUT ROWID;

CREATE TABLE indicators (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL UNIQUE,
  folded TEXT NOT NULL
);
CREATE INDEX indicators_folded ON indicators (folded);

CREATE TABLE targets (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  plan_id INTEGER NOT NULL REFERENCES plans(id) ON DELETE CASCADE,
  section_id INTEGER REFERENCES sections(id),
  indicator_id INTEGER NOT NULL REFERENCES indicators(id),
  comparator TEXT NOT NULL CHECK (comparator IN ('eq', 'ge', 'gt', 'le', 'lt', 'between', 'approx')),
  value REAL NOT NULL,
  value_max REAL CHECK (value_max IS NULL OR comparator = 'between'),
  unit TEXT NOT NULL,
  horizon TEXT,
  kind TEXT NOT NULL CHECK (kind IN ('target', 'baseline')),
  quote TEXT NOT NULL,
  page INTEGER CHECK (page >= 1),
  "start" INTEGER NOT NULL CHECK ("start" >= 0),
  "end" INTEGER NOT NULL CHECK ("end" > "start"),
  source TEXT NOT NULL,
  confidence REAL NOT NULL CHECK (confidence BETWEEN 0 AND 1)
);
CREATE INDEX targets_plan ON targets (plan_id);
CREATE INDEX targets_indicator ON targets (indicator_id);
CREATE INDEX targets_section ON targets (section_id);

CREATE TABLE tasks (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  plan_id INTEGER NOT NULL REFERENCES plans(id) ON DELETE CASCADE,
  section_id INTEGER REFERENCES sections(id),
  title TEXT NOT NULL,
  deliverable TEXT,
  quote TEXT NOT NULL,
  page INTEGER CHECK (page >= 1),
  "start" INTEGER NOT NULL CHECK ("start" >= 0),
  "end" INTEGER NOT NULL CHECK ("end" > "start"),
  source TEXT NOT NULL,
  confidence REAL NOT NULL CHECK (confidence BETWEEN 0 AND 1)
);
CREATE INDEX tasks_plan ON tasks (plan_id);
CREATE INDEX tasks_section ON tasks (section_id);

CREATE TABLE deadlines (
  task_id INTEGER PRIMARY KEY REFERENCES tasks(id) ON DELETE CASCADE,
  kind TEXT NOT NULL CHECK (kind IN
    ('date', 'month', 'quarter', 'year', 'period', 'recurring', 'ongoing', 'by_reference')),
  "start" TEXT CHECK ("start" GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  "end" TEXT CHECK ("end" GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  recurrence TEXT CHECK (recurrence GLOB 'FREQ=*'),
  text TEXT NOT NULL
);
CREATE INDEX deadlines_end ON deadlines ("end");

-- Who answers for a task or a target, and who joins in; `text` is the office as written there, `name` as read.
CREATE TABLE assignments (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  task_id INTEGER REFERENCES tasks(id) ON DELETE CASCADE,
  target_id INTEGER REFERENCES targets(id) ON DELETE CASCADE,
  office_id INTEGER NOT NULL REFERENCES offices(id),
  role TEXT NOT NULL CHECK (role IN ('lead', 'coordinating')),
  text TEXT NOT NULL,
  name TEXT NOT NULL,
  "start" INTEGER CHECK ("start" >= 0),
  "end" INTEGER CHECK ("end" >= "start"),
  CHECK ((task_id IS NULL) <> (target_id IS NULL))
);
CREATE INDEX assignments_office ON assignments (office_id, role);
CREATE INDEX assignments_task ON assignments (task_id);
CREATE INDEX assignments_target ON assignments (target_id);

CREATE TABLE budgets (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  plan_id INTEGER NOT NULL REFERENCES plans(id) ON DELETE CASCADE,
  section_id INTEGER REFERENCES sections(id),
  purpose TEXT NOT NULL,
  amount_vnd INTEGER NOT NULL CHECK (typeof(amount_vnd) = 'integer'),
  period TEXT,
  fund TEXT,
  role TEXT NOT NULL CHECK (role IN ('item', 'total', 'subtotal')),
  quote TEXT NOT NULL,
  page INTEGER CHECK (page >= 1),
  "start" INTEGER NOT NULL CHECK ("start" >= 0),
  "end" INTEGER NOT NULL CHECK ("end" > "start"),
  source TEXT NOT NULL,
  confidence REAL NOT NULL CHECK (confidence BETWEEN 0 AND 1)
);
CREATE INDEX budgets_plan ON budgets (plan_id);
CREATE INDEX budgets_section ON budgets (section_id);

CREATE TABLE findings (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  plan_id INTEGER NOT NULL REFERENCES plans(id) ON DELETE CASCADE,
  section_id INTEGER REFERENCES sections(id),
  kind TEXT NOT NULL CHECK (kind IN ('numbering_gap', 'self_reference_mismatch', 'reference_date_mismatch',
    'impossible_value', 'sum_mismatch', 'row_width_mismatch', 'due_before_issue')),
  message TEXT NOT NULL,
  quote TEXT NOT NULL,
  page INTEGER CHECK (page >= 1),
  "start" INTEGER NOT NULL CHECK ("start" >= 0),
  "end" INTEGER NOT NULL CHECK ("end" > "start"),
  source TEXT NOT NULL,
  confidence REAL NOT NULL CHECK (confidence BETWEEN 0 AND 1)
);
CREATE INDEX findings_plan ON findings (plan_id, kind);
CREATE INDEX findings_section ON findings (section_id);

-- Where two records contradict each other. `identity` outlives the ids of records that are read anew.
CREATE TABLE conflicts (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  identity TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL CHECK (kind IN ('contradiction', 'below_parent', 'above_parent', 'revised', 'postponed',
    'regression', 'divergent', 'owner', 'deadline', 'budget')),
  severity TEXT NOT NULL CHECK (severity IN ('high', 'medium', 'info')),
  direction TEXT CHECK (direction IN ('raised', 'lowered')),
  score REAL NOT NULL CHECK (score BETWEEN 0 AND 1),
  sure INTEGER NOT NULL CHECK (sure IN (0, 1)),
  rule TEXT NOT NULL,
  why TEXT NOT NULL,
  a_kind TEXT NOT NULL CHECK (a_kind IN ('target', 'task', 'budget')),
  a_id INTEGER NOT NULL,
  a_plan_id INTEGER NOT NULL REFERENCES plans(id) ON DELETE CASCADE,
  b_kind TEXT NOT NULL CHECK (b_kind = a_kind),
  b_id INTEGER NOT NULL,
  b_plan_id INTEGER NOT NULL REFERENCES plans(id) ON DELETE CASCADE,
  CHECK (a_id <> b_id)
);
CREATE INDEX conflicts_a ON conflicts (a_kind, a_id);
CREATE INDEX conflicts_b ON conflicts (b_kind, b_id);
CREATE INDEX conflicts_a_plan ON conflicts (a_plan_id);
CREATE INDEX conflicts_b_plan ON conflicts (b_plan_id);

-- What people decided, kept apart from what is read, so that reading a plan again forgets nothing.
-- subject: 'conflict' (a is its identity), 'indicator' (a and b are phrases), 'office' (a and b are names).
CREATE TABLE decisions (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  subject TEXT NOT NULL CHECK (subject IN ('conflict', 'indicator', 'office')),
  a TEXT NOT NULL,
  b TEXT NOT NULL DEFAULT '',
  verdict TEXT NOT NULL,
  remark TEXT,
  decided_at TEXT NOT NULL,
  UNIQUE (subject, a, b)
);

-- The plan's text line by line, for full-text search; `folded` is lower case without diacritics, đ included.
CREATE TABLE passages (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  plan_id INTEGER NOT NULL REFERENCES plans(id) ON DELETE CASCADE,
  section_id INTEGER REFERENCES sections(id),
  page INTEGER CHECK (page >= 1),
  "start" INTEGER NOT NULL CHECK ("start" >= 0),
  "end" INTEGER NOT NULL CHECK ("end" > "start"),
  quote TEXT NOT NULL,
  folded TEXT NOT NULL
);
CREATE INDEX passages_plan ON passages (plan_id);
CREATE INDEX passages_section ON passages (section_id);

-- Datasette finds it by `content="passages"`, written without blanks.
CREATE VIRTUAL TABLE passages_fts USING fts5 (
  quote, folded, content="passages", content_rowid="id", tokenize="unicode61 remove_diacritics 0"
);
CREATE TRIGGER passages_added AFTER INSERT ON passages BEGIN
  INSERT INTO passages_fts (rowid, quote, folded) VALUES (NEW.id, NEW.quote, NEW.folded);
END;
CREATE TRIGGER passages_removed AFTER DELETE ON passages BEGIN
  INSERT INTO passages_fts (passages_fts, rowid, quote, folded) VALUES ('delete', OLD.id, OLD.quote, OLD.folded);
END;
CREATE TRIGGER passages_changed AFTER UPDATE ON passages BEGIN
  INSERT INTO passages_fts (passages_fts, rowid, quote, folded) VALUES ('delete', OLD.id, OLD.quote, OLD.folded);
  INSERT INTO passages_fts (rowid, quote, folded) VALUES (NEW.id, NEW.quote, NEW.folded);
END;

-- A text is replaced together with all that was read from it, or not at all.
CREATE TRIGGER texts_stay BEFORE UPDATE OF text ON texts WHEN NEW.text <> OLD.text BEGIN
  SELECT RAISE(ABORT, 'a text does not change under its records');
END;

CREATE TRIGGER texts_removed AFTER DELETE ON texts BEGIN
  DELETE FROM passages WHERE plan_id = OLD.plan_id;
  DELETE FROM findings WHERE plan_id = OLD.plan_id;
  DELETE FROM budgets WHERE plan_id = OLD.plan_id;
  DELETE FROM tasks WHERE plan_id = OLD.plan_id;
  DELETE FROM targets WHERE plan_id = OLD.plan_id;
  DELETE FROM citations WHERE plan_id = OLD.plan_id;
  DELETE FROM sections WHERE plan_id = OLD.plan_id;
  DELETE FROM signers WHERE plan_id = OLD.plan_id;
  DELETE FROM recipients WHERE plan_id = OLD.plan_id;
END;

-- A conflict goes with either of its records.
CREATE TRIGGER targets_conflicts AFTER DELETE ON targets BEGIN
  DELETE FROM conflicts WHERE a_kind = 'target' AND a_id = OLD.id;
  DELETE FROM conflicts WHERE b_kind = 'target' AND b_id = OLD.id;
END;
CREATE TRIGGER tasks_conflicts AFTER DELETE ON tasks BEGIN
  DELETE FROM conflicts WHERE a_kind = 'task' AND a_id = OLD.id;
  DELETE FROM conflicts WHERE b_kind = 'task' AND b_id = OLD.id;
END;
CREATE TRIGGER budgets_conflicts AFTER DELETE ON budgets BEGIN
  DELETE FROM conflicts WHERE a_kind = 'budget' AND a_id = OLD.id;
  DELETE FROM conflicts WHERE b_kind = 'budget' AND b_id = OLD.id;
END;
