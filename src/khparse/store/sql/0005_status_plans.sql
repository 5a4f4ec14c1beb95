-- Which plan's task a status is told of, so that the tasks of a status are found without looking at every plan.
ALTER TABLE task_statuses ADD COLUMN plan_id INTEGER REFERENCES plans(id) ON DELETE SET NULL;

-- Lists that were slow with ten thousand plans.
CREATE INDEX targets_value ON targets (unit, value);
CREATE INDEX tasks_plan_title ON tasks (plan_id, title);
CREATE INDEX assignments_task_role ON assignments (task_id, role, office_id);
