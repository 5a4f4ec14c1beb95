-- What lists of tens of thousands of records are filtered, sorted and counted by.

-- How many offices lead a task, and the day that it falls due (a rhythm has none); since when a rhythm beats: its
-- start, else the year of its plan. Kept by the triggers below.
ALTER TABLE tasks ADD COLUMN leads INTEGER NOT NULL DEFAULT 0;
ALTER TABLE tasks ADD COLUMN due_end TEXT;
ALTER TABLE deadlines ADD COLUMN since TEXT;
UPDATE tasks SET
  leads = (SELECT count(*) FROM assignments WHERE task_id = tasks.id AND role = 'lead'),
  due_end = (SELECT "end" FROM deadlines WHERE task_id = tasks.id AND recurrence IS NULL);
UPDATE deadlines SET since = coalesce("start", (SELECT substr(plans.date, 1, 4) || '-01-01' FROM tasks
    JOIN plans ON plans.id = tasks.plan_id WHERE tasks.id = task_id), '1900-01-01')
  WHERE recurrence IS NOT NULL;
CREATE TRIGGER assignments_added AFTER INSERT ON assignments WHEN NEW.task_id IS NOT NULL BEGIN
  UPDATE tasks SET leads = (SELECT count(*) FROM assignments WHERE task_id = NEW.task_id AND role = 'lead')
  WHERE id = NEW.task_id;
END;
CREATE TRIGGER assignments_changed AFTER UPDATE OF task_id, role ON assignments BEGIN
  UPDATE tasks SET leads = (SELECT count(*) FROM assignments WHERE task_id = tasks.id AND role = 'lead')
  WHERE id IN (OLD.task_id, NEW.task_id);
END;
CREATE TRIGGER assignments_removed AFTER DELETE ON assignments WHEN OLD.task_id IS NOT NULL BEGIN
  UPDATE tasks SET leads = (SELECT count(*) FROM assignments WHERE task_id = OLD.task_id AND role = 'lead')
  WHERE id = OLD.task_id;
END;
CREATE TRIGGER deadlines_added AFTER INSERT ON deadlines BEGIN
  UPDATE tasks SET due_end = CASE WHEN NEW.recurrence IS NULL THEN NEW."end" END WHERE id = NEW.task_id;
  UPDATE deadlines SET since = coalesce(NEW."start", (SELECT substr(plans.date, 1, 4) || '-01-01' FROM tasks
      JOIN plans ON plans.id = tasks.plan_id WHERE tasks.id = NEW.task_id), '1900-01-01')
    WHERE task_id = NEW.task_id AND NEW.recurrence IS NOT NULL;
END;
CREATE TRIGGER deadlines_changed AFTER UPDATE OF task_id, "start", "end", recurrence ON deadlines BEGIN
  UPDATE tasks SET due_end = CASE WHEN NEW.recurrence IS NULL THEN NEW."end" END WHERE id = NEW.task_id;
  UPDATE deadlines SET since = coalesce(NEW."start", (SELECT substr(plans.date, 1, 4) || '-01-01' FROM tasks
      JOIN plans ON plans.id = tasks.plan_id WHERE tasks.id = NEW.task_id), '1900-01-01')
    WHERE task_id = NEW.task_id AND NEW.recurrence IS NOT NULL;
END;
CREATE TRIGGER deadlines_removed AFTER DELETE ON deadlines BEGIN
  UPDATE tasks SET due_end = NULL WHERE id = OLD.task_id;
END;
-- The task of the same plan that a sum is named as: whoever leads it spends the sum.
ALTER TABLE budgets ADD COLUMN task_id INTEGER REFERENCES tasks(id) ON DELETE SET NULL;
UPDATE budgets SET task_id = (SELECT min(t.id) FROM tasks t WHERE t.plan_id = budgets.plan_id AND t.title = purpose);
CREATE INDEX budgets_task ON budgets (task_id);

CREATE INDEX tasks_unled ON tasks (plan_id, "start") WHERE leads = 0;
CREATE INDEX tasks_due ON tasks (due_end, id);
CREATE INDEX tasks_due_first ON tasks ((due_end IS NULL), due_end, id);
CREATE INDEX tasks_confidence ON tasks (confidence);
CREATE INDEX assignments_office_task ON assignments (office_id, role, task_id, target_id);
CREATE INDEX deadlines_rhythm ON deadlines (recurrence, since, "end") WHERE recurrence IS NOT NULL;
DROP INDEX deadlines_recurring;
CREATE INDEX deadlines_kind ON deadlines (kind);

CREATE INDEX targets_horizon ON targets (horizon, id);
CREATE INDEX targets_horizon_first ON targets ((horizon IS NULL), horizon, id);
CREATE INDEX targets_kind ON targets (kind);
CREATE INDEX targets_confidence ON targets (confidence);
CREATE INDEX budgets_sums ON budgets (role, period, fund, amount_vnd, task_id);
CREATE INDEX plans_province ON plans (province);
CREATE INDEX plans_issued_by ON plans (issuer);
CREATE INDEX plans_title ON plans (title);

-- The order that conflicts are read in: sure before doubtful, gravest first, likeliest first; whole and by kind.
CREATE INDEX conflicts_order ON conflicts
  (sure DESC, (CASE severity WHEN 'high' THEN 0 WHEN 'medium' THEN 1 ELSE 2 END), score DESC, id);
CREATE INDEX conflicts_kind_order ON conflicts
  (kind, sure DESC, (CASE severity WHEN 'high' THEN 0 WHEN 'medium' THEN 1 ELSE 2 END), score DESC, id);

-- Words of records. The tokenizer takes tone marks and circumflexes away, but not the bar of đ: that is asked for both ways.
CREATE VIRTUAL TABLE tasks_fts USING fts5 (
  title, quote, content="tasks", content_rowid="id", tokenize="unicode61 remove_diacritics 2"
);
CREATE TRIGGER tasks_fts_added AFTER INSERT ON tasks BEGIN
  INSERT INTO tasks_fts (rowid, title, quote) VALUES (NEW.id, NEW.title, NEW.quote);
END;
CREATE TRIGGER tasks_fts_removed AFTER DELETE ON tasks BEGIN
  INSERT INTO tasks_fts (tasks_fts, rowid, title, quote) VALUES ('delete', OLD.id, OLD.title, OLD.quote);
END;
CREATE TRIGGER tasks_fts_changed AFTER UPDATE OF id, title, quote ON tasks BEGIN
  INSERT INTO tasks_fts (tasks_fts, rowid, title, quote) VALUES ('delete', OLD.id, OLD.title, OLD.quote);
  INSERT INTO tasks_fts (rowid, title, quote) VALUES (NEW.id, NEW.title, NEW.quote);
END;
CREATE VIRTUAL TABLE budgets_fts USING fts5 (
  purpose, content="budgets", content_rowid="id", tokenize="unicode61 remove_diacritics 2"
);
CREATE TRIGGER budgets_fts_added AFTER INSERT ON budgets BEGIN
  INSERT INTO budgets_fts (rowid, purpose) VALUES (NEW.id, NEW.purpose);
END;
CREATE TRIGGER budgets_fts_removed AFTER DELETE ON budgets BEGIN
  INSERT INTO budgets_fts (budgets_fts, rowid, purpose) VALUES ('delete', OLD.id, OLD.purpose);
END;
CREATE TRIGGER budgets_fts_changed AFTER UPDATE OF id, purpose ON budgets BEGIN
  INSERT INTO budgets_fts (budgets_fts, rowid, purpose) VALUES ('delete', OLD.id, OLD.purpose);
  INSERT INTO budgets_fts (rowid, purpose) VALUES (NEW.id, NEW.purpose);
END;
CREATE VIRTUAL TABLE indicators_fts USING fts5 (
  name, content="indicators", content_rowid="id", tokenize="unicode61 remove_diacritics 2"
);
CREATE TRIGGER indicators_fts_added AFTER INSERT ON indicators BEGIN
  INSERT INTO indicators_fts (rowid, name) VALUES (NEW.id, NEW.name);
END;
CREATE TRIGGER indicators_fts_removed AFTER DELETE ON indicators BEGIN
  INSERT INTO indicators_fts (indicators_fts, rowid, name) VALUES ('delete', OLD.id, OLD.name);
END;
CREATE VIRTUAL TABLE plans_fts USING fts5 (
  number, title, issuer, content="plans", content_rowid="id", tokenize="unicode61 remove_diacritics 2"
);
CREATE TRIGGER plans_fts_added AFTER INSERT ON plans BEGIN
  INSERT INTO plans_fts (rowid, number, title, issuer) VALUES (NEW.id, NEW.number, NEW.title, NEW.issuer);
END;
CREATE TRIGGER plans_fts_removed AFTER DELETE ON plans BEGIN
  INSERT INTO plans_fts (plans_fts, rowid, number, title, issuer)
  VALUES ('delete', OLD.id, OLD.number, OLD.title, OLD.issuer);
END;
CREATE TRIGGER plans_fts_changed AFTER UPDATE OF id, number, title, issuer ON plans BEGIN
  INSERT INTO plans_fts (plans_fts, rowid, number, title, issuer)
  VALUES ('delete', OLD.id, OLD.number, OLD.title, OLD.issuer);
  INSERT INTO plans_fts (rowid, number, title, issuer) VALUES (NEW.id, NEW.number, NEW.title, NEW.issuer);
END;
INSERT INTO plans_fts (plans_fts) VALUES ('rebuild');
INSERT INTO tasks_fts (tasks_fts) VALUES ('rebuild');
INSERT INTO budgets_fts (budgets_fts) VALUES ('rebuild');
INSERT INTO indicators_fts (indicators_fts) VALUES ('rebuild');
