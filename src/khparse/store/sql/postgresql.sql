-- What the translated schema and questions stand on in PostgreSQL; made before the tables.

CREATE OR REPLACE FUNCTION json_valid(told text) RETURNS boolean LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
  PERFORM CAST(told AS json);
  RETURN true;
EXCEPTION WHEN others THEN
  RETURN false;
END $$;

-- SQLite's json_each of a list: of numbers, of words, of lists.
CREATE OR REPLACE FUNCTION json_ids(list text) RETURNS TABLE (value bigint) LANGUAGE sql IMMUTABLE AS $$
  SELECT CAST(one AS bigint) FROM json_array_elements_text(CAST(list AS json)) AS one
$$;
CREATE OR REPLACE FUNCTION json_words(list text) RETURNS TABLE (value text) LANGUAGE sql IMMUTABLE AS $$
  SELECT one COLLATE "C" FROM json_array_elements_text(CAST(list AS json)) AS one
$$;
CREATE OR REPLACE FUNCTION json_pairs(list text) RETURNS TABLE (value json) LANGUAGE sql IMMUTABLE AS $$
  SELECT one FROM json_array_elements(CAST(list AS json)) AS one
$$;

-- How often a phrase stands in a line's words.
CREATE OR REPLACE FUNCTION times_said(words text[], phrase text[]) RETURNS bigint LANGUAGE sql IMMUTABLE AS $$
  SELECT count(*) FROM unnest(array_positions(words, phrase[1])) AS place
  WHERE words[place : place + cardinality(phrase) - 1] = phrase
$$;

-- What was published: each part (a plan, a stretch of a shared table) in the state in which it came here.
CREATE TABLE IF NOT EXISTS published (
  part text PRIMARY KEY,
  state text NOT NULL
);

-- The words of each line, as SQLite's full text has them: as written, and without diacritics.
CREATE TABLE passages_fts (
  rowid bigint PRIMARY KEY,
  quote text[] COLLATE "C" NOT NULL,
  folded text[] COLLATE "C" NOT NULL
);
CREATE TABLE passages_fts_size (passages bigint NOT NULL, words bigint NOT NULL);
