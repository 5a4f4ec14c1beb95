-- What a person reads in Datasette: one row for each fact, with its plan and its words.
CREATE VIEW v_plans AS
SELECT plans.id, plans.number, plans.issuer, plans.province, plans.date, plans.title, plans.version,
  files.name AS file, files.media_type, files.pages,
  (SELECT count(*) FROM sections WHERE plan_id = plans.id) AS sections,
  (SELECT count(*) FROM citations WHERE plan_id = plans.id) AS "references",
  (SELECT count(*) FROM targets WHERE plan_id = plans.id) AS targets,
  (SELECT count(*) FROM tasks WHERE plan_id = plans.id) AS tasks,
  (SELECT count(*) FROM budgets WHERE plan_id = plans.id) AS budgets,
  (SELECT count(*) FROM findings WHERE plan_id = plans.id) AS findings
FROM plans JOIN files ON files.id = plans.file_id;

CREATE VIEW v_tasks AS
SELECT tasks.id, plans.id AS plan_id, plans.number AS plan, plans.issuer, sections.path AS section, tasks.title,
  (SELECT group_concat(name, '; ') FROM
    (SELECT name FROM assignments WHERE task_id = tasks.id AND role = 'lead' ORDER BY id) AS named) AS lead,
  (SELECT group_concat(name, '; ') FROM
    (SELECT name FROM assignments WHERE task_id = tasks.id AND role = 'coordinating' ORDER BY id) AS named)
    AS coordinating,
  deadlines.text AS due, deadlines."end" AS due_end, deadlines.recurrence, tasks.deliverable,
  tasks.quote, tasks.page, tasks.confidence, tasks.source
FROM tasks JOIN plans ON plans.id = tasks.plan_id
  LEFT JOIN sections ON sections.id = tasks.section_id
  LEFT JOIN deadlines ON deadlines.task_id = tasks.id;

CREATE VIEW v_targets AS
SELECT targets.id, plans.id AS plan_id, plans.number AS plan, plans.issuer, sections.path AS section,
  indicators.name AS indicator, targets.comparator, targets.value, targets.value_max, targets.unit, targets.horizon,
  targets.kind, (SELECT group_concat(name, '; ') FROM
    (SELECT name FROM assignments WHERE target_id = targets.id ORDER BY id) AS named) AS lead,
  targets.quote, targets.page, targets.confidence, targets.source
FROM targets JOIN plans ON plans.id = targets.plan_id JOIN indicators ON indicators.id = targets.indicator_id
  LEFT JOIN sections ON sections.id = targets.section_id;

CREATE VIEW v_budgets AS
SELECT budgets.id, plans.id AS plan_id, plans.number AS plan, plans.issuer, sections.path AS section,
  budgets.purpose, budgets.amount_vnd, budgets.period, budgets.fund, budgets.role,
  budgets.quote, budgets.page, budgets.confidence, budgets.source
FROM budgets JOIN plans ON plans.id = budgets.plan_id LEFT JOIN sections ON sections.id = budgets.section_id;

CREATE VIEW v_references AS
SELECT citations.id, plans.id AS plan_id, plans.number AS plan, sections.path AS section, citations.relation,
  documents.type, documents.number, documents.date, documents.issuer, documents.title, citations.pinpoint,
  citations.mentions, citations.quote, citations.page, citations.confidence, citations.source
FROM citations JOIN plans ON plans.id = citations.plan_id JOIN documents ON documents.id = citations.document_id
  LEFT JOIN sections ON sections.id = citations.section_id;

CREATE VIEW v_findings AS
SELECT findings.id, plans.id AS plan_id, plans.number AS plan, sections.path AS section, findings.kind,
  findings.message, findings.quote, findings.page, findings.confidence, findings.source
FROM findings JOIN plans ON plans.id = findings.plan_id LEFT JOIN sections ON sections.id = findings.section_id;

CREATE VIEW v_offices AS
SELECT offices.id, jurisdictions.level, jurisdictions.name AS jurisdiction, offices.name,
  (SELECT group_concat(text, '; ') FROM
    (SELECT text FROM office_aliases WHERE office_id = offices.id ORDER BY id) AS named) AS aliases,
  (SELECT count(*) FROM assignments WHERE office_id = offices.id AND role = 'lead') AS leads,
  (SELECT count(*) FROM assignments WHERE office_id = offices.id AND role = 'coordinating') AS joins_in
FROM offices JOIN jurisdictions ON jurisdictions.id = offices.jurisdiction_id;

CREATE VIEW v_conflicts AS
SELECT conflicts.id, conflicts.kind, conflicts.severity, conflicts.score, conflicts.sure, conflicts.why,
  a.number AS plan_a, b.number AS plan_b, conflicts.a_kind AS record_kind, conflicts.a_id, conflicts.b_id,
  decisions.verdict, decisions.remark
FROM conflicts JOIN plans a ON a.id = conflicts.a_plan_id JOIN plans b ON b.id = conflicts.b_plan_id
  LEFT JOIN decisions ON decisions.subject = 'conflict' AND decisions.a = conflicts.identity;
