-- What comparison makes of a phrase, so that it is made once. What was filed before is filed anew.
DELETE FROM sayings;
DELETE FROM phrase_keys;
DELETE FROM phrases;
DELETE FROM filed_plans;
ALTER TABLE phrases ADD COLUMN signature TEXT NOT NULL DEFAULT '';
