-- text[start:end] = quote, for one table of records ({table}); applied by the migration that creates the table.
CREATE TRIGGER {table}_quote_added BEFORE INSERT ON {table}
WHEN (SELECT substr(text, NEW."start" + 1, NEW."end" - NEW."start") FROM texts WHERE plan_id = NEW.plan_id)
  IS NOT NEW.quote
BEGIN
  SELECT RAISE(ABORT, 'quote is not text[start:end] ({table})');
END;
CREATE TRIGGER {table}_quote_changed BEFORE UPDATE OF plan_id, "start", "end", quote ON {table}
WHEN (SELECT substr(text, NEW."start" + 1, NEW."end" - NEW."start") FROM texts WHERE plan_id = NEW.plan_id)
  IS NOT NEW.quote
BEGIN
  SELECT RAISE(ABORT, 'quote is not text[start:end] ({table})');
END;
