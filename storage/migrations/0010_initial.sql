-- Conversations as trees of messages, the engine runs that wrote the answers, and the full-text index.
-- Nullable columns mean "there is none": no parent, no active leaf, not in the trash.

CREATE TABLE conversation (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    update_sequence INTEGER NOT NULL,  -- grows with every turn: the order of the list, whatever the clock says
    active_leaf_id INTEGER,            -- last message of the branch shown
    created_ms INTEGER NOT NULL,
    updated_ms INTEGER NOT NULL,
    trashed_ms INTEGER,
    pinned INTEGER NOT NULL CHECK (pinned IN (0, 1)),
    title TEXT NOT NULL,
    first_question TEXT NOT NULL,      -- its beginning, so that the list reads no messages
    date_header TEXT NOT NULL,
    system_prompt TEXT NOT NULL,
    parameters_json TEXT NOT NULL,
    draft TEXT NOT NULL,
    FOREIGN KEY (id, active_leaf_id) REFERENCES message (conversation_id, id) DEFERRABLE INITIALLY DEFERRED
) STRICT;
CREATE UNIQUE INDEX conversation_sequence ON conversation (update_sequence);
CREATE INDEX conversation_list ON conversation (pinned, update_sequence) WHERE trashed_ms IS NULL;
CREATE INDEX conversation_trash ON conversation (trashed_ms) WHERE trashed_ms IS NOT NULL;

-- A parent is always older than its child (no cycle is possible) and of the same conversation.
CREATE TABLE message (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    conversation_id INTEGER NOT NULL REFERENCES conversation (id),
    parent_id INTEGER CHECK (parent_id < id),
    role INTEGER NOT NULL CHECK (role BETWEEN 1 AND 3),
    created_ms INTEGER NOT NULL,
    text TEXT NOT NULL,
    FOREIGN KEY (conversation_id, parent_id) REFERENCES message (conversation_id, id)
) STRICT;
CREATE UNIQUE INDEX message_conversation ON message (conversation_id, id);
CREATE INDEX message_child ON message (conversation_id, parent_id);

-- What answers were computed with. One row per distinct combination: a thousand answers share it.
CREATE TABLE provenance (
    id INTEGER PRIMARY KEY,
    model_name TEXT NOT NULL,
    model_fingerprint TEXT NOT NULL,
    engine_version TEXT NOT NULL,
    device_placement TEXT NOT NULL,
    parameters_json TEXT NOT NULL,
    UNIQUE (parameters_json, model_fingerprint, model_name, engine_version, device_placement)
) STRICT;

-- One run of the engine for an answer: the first, then one per continuation. The newest one is the answer's state.
CREATE TABLE generation (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    message_id INTEGER NOT NULL REFERENCES message (id) ON DELETE CASCADE,
    provenance_id INTEGER NOT NULL REFERENCES provenance (id),
    first_byte INTEGER NOT NULL,       -- where in the message its text begins
    seed INTEGER NOT NULL,             -- unsigned 64 bits in a signed column
    state INTEGER NOT NULL CHECK (state BETWEEN 1 AND 5),
    stop_reason INTEGER NOT NULL CHECK (stop_reason BETWEEN 0 AND 5),
    prompt_tokens INTEGER NOT NULL,
    reused_tokens INTEGER NOT NULL,
    generated_tokens INTEGER NOT NULL,
    prefill_ms INTEGER NOT NULL,
    first_token_ms INTEGER NOT NULL,
    generate_ms INTEGER NOT NULL,
    error_text TEXT NOT NULL
) STRICT;
CREATE INDEX generation_message ON generation (message_id);
CREATE INDEX generation_provenance ON generation (provenance_id);
CREATE INDEX generation_streaming ON generation (message_id) WHERE state = 1;

-- The text of a streaming answer, appended a few times a second and folded into its message at the end.
CREATE TABLE chunk (
    id INTEGER PRIMARY KEY,
    message_id INTEGER NOT NULL REFERENCES message (id) ON DELETE CASCADE,
    text TEXT NOT NULL
) STRICT;
CREATE INDEX chunk_message ON chunk (message_id);

-- Words of messages and titles as segment.h cuts and folds them, so FTS5 has only to split at spaces. They hold no
-- second copy of the text. rowid is the id of the message or the conversation.
CREATE VIRTUAL TABLE message_search USING fts5(words, content = '', tokenize = 'ascii', prefix = '2 4');
CREATE VIRTUAL TABLE title_search USING fts5(words, content = '', tokenize = 'ascii', prefix = '2 4');
