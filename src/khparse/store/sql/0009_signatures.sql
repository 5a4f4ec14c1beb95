-- What comparison makes of a phrase, so that it is made once; empty until the phrase is filed anew.
ALTER TABLE phrases ADD COLUMN signature TEXT NOT NULL DEFAULT '';
-- Under how many keys it is filed: who is like it shares a part of them.
ALTER TABLE phrases ADD COLUMN key_count INTEGER NOT NULL DEFAULT 0;
DELETE FROM sayings;
DELETE FROM phrase_keys;
DELETE FROM filed_plans;
