-- The two phrases that a conflict rests on (ids of phrases, the smaller first), so that doubtful pairs are listed and
-- their conflicts counted without reading the records. Kept by the trigger below; a phrase is never taken away.
ALTER TABLE conflicts ADD COLUMN phrase_low INTEGER;
ALTER TABLE conflicts ADD COLUMN phrase_high INTEGER;
CREATE TRIGGER conflicts_added AFTER INSERT ON conflicts BEGIN
  UPDATE conflicts SET (phrase_low, phrase_high) = (
    SELECT min(a.phrase_id, b.phrase_id), max(a.phrase_id, b.phrase_id) FROM sayings a, sayings b
    WHERE a.kind = NEW.a_kind AND a.record_id = NEW.a_id AND b.kind = NEW.b_kind AND b.record_id = NEW.b_id)
  WHERE id = NEW.id;
END;
UPDATE conflicts SET (phrase_low, phrase_high) = (
  SELECT min(a.phrase_id, b.phrase_id), max(a.phrase_id, b.phrase_id) FROM sayings a, sayings b
  WHERE a.kind = a_kind AND a.record_id = a_id AND b.kind = b_kind AND b.record_id = b_id);
CREATE INDEX conflicts_pair ON conflicts (phrase_low, phrase_high, score) WHERE sure = 0;
