-- A record a row, the last one of each id. A field without a value is NULL.
CREATE TABLE articles (
	key INTEGER PRIMARY KEY,
	id TEXT UNIQUE,
	url TEXT,
	file TEXT,
	source TEXT,
	canonical_url TEXT,
	kind TEXT,
	title TEXT,
	subtitle TEXT,
	description TEXT,
	published TEXT, -- as in the record
	published_at TEXT, -- the same in UTC, which sorts by time
	published_precision TEXT, -- day, second or fraction
	modified TEXT,
	modified_at TEXT,
	modified_precision TEXT,
	site_name TEXT,
	site_domain TEXT,
	language TEXT,
	section TEXT,
	free_access INTEGER, -- 0 or 1
	rights_noai INTEGER,
	rights_noindex INTEGER,
	rights_tdm_reservation INTEGER,
	rights_license TEXT,
	text TEXT,
	markdown TEXT,
	html TEXT,
	word_count INTEGER,
	content_hash TEXT,
	confidence REAL,
	fetched_at TEXT,
	status INTEGER,
	truncated INTEGER, -- 1, or NULL
	duplicate_of TEXT,
	revision INTEGER,
	previous_hash TEXT,
	diff TEXT, -- JSON
	labels TEXT, -- JSON
	removed TEXT, -- JSON
	error_code TEXT,
	error_message TEXT,
	extra TEXT -- JSON: fields that newsclip does not know
);
CREATE INDEX articles_url ON articles (url);
CREATE INDEX articles_published_at ON articles (published_at);
CREATE INDEX articles_site_domain ON articles (site_domain);

CREATE TABLE authors (
	article INTEGER NOT NULL REFERENCES articles (key) ON DELETE CASCADE,
	position INTEGER NOT NULL, -- in the byline, from 0
	name TEXT NOT NULL,
	url TEXT,
	PRIMARY KEY (article, position)
) WITHOUT ROWID;
CREATE INDEX authors_name ON authors (name);

CREATE TABLE images (
	article INTEGER NOT NULL REFERENCES articles (key) ON DELETE CASCADE,
	position INTEGER NOT NULL, -- in the article, from 0
	url TEXT NOT NULL,
	alt TEXT,
	caption TEXT,
	credit TEXT,
	width INTEGER, -- pixels
	height INTEGER,
	lead INTEGER NOT NULL, -- 0 or 1
	PRIMARY KEY (article, position)
) WITHOUT ROWID;

CREATE TABLE tags (
	article INTEGER NOT NULL REFERENCES articles (key) ON DELETE CASCADE,
	position INTEGER NOT NULL,
	tag TEXT NOT NULL,
	PRIMARY KEY (article, position)
) WITHOUT ROWID;
CREATE INDEX tags_tag ON tags (tag);

-- The records that later ones of the same id replaced, oldest first.
CREATE TABLE revisions (
	key INTEGER PRIMARY KEY,
	id TEXT NOT NULL,
	record TEXT NOT NULL -- the whole record as JSON
);
CREATE INDEX revisions_id ON revisions (id);

-- Full text: SELECT … FROM articles_fts JOIN articles ON key = articles_fts.rowid
-- WHERE articles_fts MATCH 'ferry'. The words are not stored twice.
CREATE VIRTUAL TABLE articles_fts USING fts5 (
	title, subtitle, text,
	content = 'articles', content_rowid = 'key', tokenize = 'unicode61 remove_diacritics 2'
);
CREATE TRIGGER articles_inserted AFTER INSERT ON articles BEGIN
	INSERT INTO articles_fts (rowid, title, subtitle, text) VALUES (new.key, new.title, new.subtitle, new.text);
END;
CREATE TRIGGER articles_deleted AFTER DELETE ON articles BEGIN
	INSERT INTO articles_fts (articles_fts, rowid, title, subtitle, text) VALUES ('delete', old.key, old.title, old.subtitle, old.text);
END;
