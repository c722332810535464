-- A company as the program of migration 0010 left it. Never changed: every later program has to open it.
PRAGMA application_id = 1397706851;
BEGIN TRANSACTION;
CREATE TABLE agreed (
    id          integer PRIMARY KEY AUTOINCREMENT,
    product_id  integer NOT NULL REFERENCES product (id) ON DELETE CASCADE,
    remote_id   text    NOT NULL,
    type        integer NOT NULL,
    field       text    NOT NULL CHECK (field IN ('stock', 'price')),
    value       text    NOT NULL,
    at          text    NOT NULL,
    transfer_id integer,
    decision_id integer,
    sync_id     integer
) STRICT;
INSERT INTO "agreed" VALUES(1,1,'1',1,'price','12.5','2026-11-23T09:00:08.000Z',1,NULL,NULL);
INSERT INTO "agreed" VALUES(2,1,'1',1,'price','12.75','2026-11-26T06:32:00.000Z',1,NULL,NULL);
INSERT INTO "agreed" VALUES(3,1,'1',1,'stock','7','2026-11-26T06:33:00.000Z',1,NULL,NULL);
INSERT INTO "agreed" VALUES(4,1,'x',1,'stock','8','2026-11-26T06:34:00.000Z',NULL,NULL,NULL);
CREATE TABLE approval_undo (
    product_id  integer NOT NULL REFERENCES product (id) ON DELETE CASCADE,
    marketplace text    NOT NULL,
    price       text,
    base        text,
    currency    text,
    rate        text,
    version     integer,
    approved_at text,
    PRIMARY KEY (product_id, marketplace)
) STRICT;
CREATE TABLE approved_price (
    product_id  integer NOT NULL REFERENCES product (id) ON DELETE CASCADE,
    marketplace text    NOT NULL,
    price       text    NOT NULL,
    base        text    NOT NULL,
    currency    text    NOT NULL,
    rate        text,
    version     integer NOT NULL,
    approved_at text    NOT NULL,
    PRIMARY KEY (product_id, marketplace)
) STRICT;
CREATE TABLE before_image (
    id          integer PRIMARY KEY AUTOINCREMENT,
    transfer_id integer NOT NULL REFERENCES transfer (id) ON DELETE CASCADE,
    remote_id   text    NOT NULL,
    type        integer NOT NULL,
    product_id  integer NOT NULL,
    product     text,
    revision    integer NOT NULL,
    bound       integer NOT NULL,
    bound_to    integer,
    created_at  text    NOT NULL
, decision_id integer REFERENCES decision (id) ON DELETE CASCADE, kind text NOT NULL DEFAULT '', "row" text, separated integer NOT NULL DEFAULT 0, undone text NOT NULL DEFAULT '') STRICT;
INSERT INTO "before_image" VALUES(1,1,'1',1,1,'{"id":1,"code":"ÇAY-1","barcode":"8690504012345","name":"ÇİKOLATALI ÇAY","brand":"","description":"","price":"10","currency":"TRY","stock":"4","vat_rate":"20","state":"active","revision":1,"updated_at":"2026-11-23T09:00:05Z"}',2,1,NULL,'2026-11-23T09:00:08.000Z',NULL,'',NULL,0,'');
CREATE TABLE binding (
    remote_id  text    NOT NULL,
    type       integer NOT NULL,
    product_id integer NOT NULL UNIQUE REFERENCES product (id) ON DELETE CASCADE,
    created_at text    NOT NULL, gone_at text,
    PRIMARY KEY (remote_id, type)
) STRICT;
INSERT INTO "binding" VALUES('1',1,1,'2026-11-23T09:00:08.000Z','2026-11-26T06:40:00.000Z');
CREATE TABLE connection (
    id              integer PRIMARY KEY CHECK (id = 1),
    authorised      integer NOT NULL,
    environment     text    NOT NULL,
    user_name       text    NOT NULL,
    tenant_id       text    NOT NULL,
    firm_name       text    NOT NULL,
    licence_code    text    NOT NULL,
    licence_name    text    NOT NULL,
    licence_ends_at text,
    licence_expired integer NOT NULL,
    base_url        text    NOT NULL,
    token_ends_at   text,
    signed_in_at    text
) STRICT;
INSERT INTO "connection" VALUES(1,1,'live','owner@example.com','t-1','Deneme Ticaret Ltd.','','',NULL,0,'',NULL,'2026-11-23T09:00:01.000Z');
CREATE TABLE decision (
    id          integer PRIMARY KEY AUTOINCREMENT,
    transfer_id integer NOT NULL REFERENCES transfer (id) ON DELETE CASCADE,
    decided_at  text    NOT NULL,
    actor       text    NOT NULL
) STRICT;
CREATE TABLE exchange_rate (
    currency text NOT NULL,
    day      text NOT NULL,
    rate     text NOT NULL,
    saved_at text NOT NULL,
    PRIMARY KEY (currency, day)
) STRICT;
INSERT INTO "exchange_rate" VALUES('USD','2026-11-23','41.2537','2026-11-23T17:00:00.000Z');
CREATE TABLE history (
    id     integer PRIMARY KEY,
    at     text    NOT NULL,
    actor  text    NOT NULL,
    what   text    NOT NULL,
    detail text    NOT NULL
) STRICT;
INSERT INTO "history" VALUES(1,'2026-11-23T09:00:01.000Z','deneme','settings','{"auto_formalise":"false","currency":"TRY","integration":"true","pull":"false","push":"both","scenario":"basic"}');
INSERT INTO "history" VALUES(2,'2026-11-23T09:00:02.000Z','deneme','connection','{"tenant":"t-1","user":"owner@example.com"}');
INSERT INTO "history" VALUES(3,'2026-11-23T09:00:04.000Z','deneme','price-rules','{"version":1}');
INSERT INTO "history" VALUES(4,'2026-11-23T09:00:06.000Z','deneme','import','{"added":3,"unchanged":0,"updated":0}');
CREATE TABLE letter (
    id          integer PRIMARY KEY AUTOINCREMENT,
    transfer_id integer NOT NULL,
    recipient   text    NOT NULL,
    message_id  text    NOT NULL UNIQUE,
    subject     text    NOT NULL,
    search_fold text    NOT NULL,
    text        text    NOT NULL,
    html        text    NOT NULL,
    file_name   text    NOT NULL,
    file_type   text    NOT NULL,
    file        blob,
    state       text    NOT NULL CHECK (state IN ('queued', 'sending', 'sent', 'unknown', 'refused', 'dismissed')),
    attempts    integer NOT NULL,
    next_at     text,
    cause       text    NOT NULL,
    detail      text    NOT NULL,
    created_at  text    NOT NULL,
    changed_at  text    NOT NULL
) STRICT;
CREATE TABLE marketplace (
    id          text NOT NULL PRIMARY KEY,
    name        text NOT NULL,
    added_at    text NOT NULL,
    archived_at text
) STRICT;
CREATE TABLE migration (
				version    integer PRIMARY KEY,
				name       text NOT NULL,
				applied_at text NOT NULL
			) STRICT;
INSERT INTO "migration" VALUES(1,'0001_company.sql','2026-11-23T17:00:49.483Z');
INSERT INTO "migration" VALUES(2,'0002_quota.sql','2026-11-23T17:25:12.034Z');
INSERT INTO "migration" VALUES(3,'0003_price.sql','2026-11-24T09:10:11.120Z');
INSERT INTO "migration" VALUES(4,'0004_plan.sql','2026-11-24T09:00:00.000Z');
INSERT INTO "migration" VALUES(5,'0005_decision.sql','2026-11-24T13:30:00.000Z');
INSERT INTO "migration" VALUES(6,'0006_marketplace.sql','2026-11-24T10:30:00.000Z');
INSERT INTO "migration" VALUES(7,'0007_repair.sql','2026-11-24T11:00:00.000Z');
INSERT INTO "migration" VALUES(8,'0008_mail.sql','2026-11-25T09:00:00.000Z');
INSERT INTO "migration" VALUES(9,'0009_agreed.sql','2026-11-26T06:30:00.000Z');
INSERT INTO "migration" VALUES(10,'0010_sync.sql','2026-11-26T09:00:00.000Z');
CREATE TABLE price_guard (
    product_id integer PRIMARY KEY REFERENCES product (id) ON DELETE CASCADE,
    minimum    text,
    cost       text
) STRICT;
CREATE TABLE price_rule (
    version     integer NOT NULL REFERENCES price_rule_version (version) ON DELETE CASCADE,
    marketplace text    NOT NULL,
    direction   text    NOT NULL,
    kind        text    NOT NULL,
    amount      text    NOT NULL,
    extra       text    NOT NULL,
    ending      text    NOT NULL,
    ending_mode text    NOT NULL,
    PRIMARY KEY (version, marketplace)
) STRICT;
INSERT INTO "price_rule" VALUES(1,'','increase','percent','10','20','.90','up');
CREATE TABLE price_rule_version (
    version         integer PRIMARY KEY,
    per_marketplace integer NOT NULL,
    created_at      text    NOT NULL
) STRICT;
INSERT INTO "price_rule_version" VALUES(1,0,'2026-11-23T09:00:03.000Z');
CREATE TABLE probe (
    name   text NOT NULL PRIMARY KEY,
    answer text NOT NULL,
    at     text NOT NULL
) STRICT;
CREATE TABLE product (
    id          integer PRIMARY KEY,
    code        text    NOT NULL,
    code_k0     text    NOT NULL,
    code_k1     text    NOT NULL,
    code_sort   blob    NOT NULL,
    barcode     text    NOT NULL,
    barcode_key text    NOT NULL,
    name        text    NOT NULL,
    name_fold   text    NOT NULL,
    name_sort   blob    NOT NULL,
    search_fold text    NOT NULL,
    brand       text    NOT NULL,
    description text    NOT NULL,
    price       text,
    currency    text    NOT NULL,
    stock       text,
    vat_rate    text,
    state       text    NOT NULL CHECK (state IN ('active', 'draft', 'archived')),
    revision    integer NOT NULL,
    source      text    NOT NULL,
    created_at  text    NOT NULL,
    updated_at  text    NOT NULL
, revision_last integer NOT NULL DEFAULT 0, price_at text, price_from text NOT NULL DEFAULT '', price_by text NOT NULL DEFAULT '', stock_at text, stock_from text NOT NULL DEFAULT '', stock_by text NOT NULL DEFAULT '') STRICT;
INSERT INTO "product" VALUES(1,'ÇAY-1','ÇAY-1','ÇAY-1',X'161E15EF1880010D14E700000020002000200020002000000308080202','8690504012345','8690504012345','ÇİKOLATALI ÇAY','cikolatali cay',X'161E16CD16FF1771171115EF181615EF171116CC0109161E15EF188000000020002000200020002000200020002000200020002000200020002000000303080808080808080302030808','cikolatali cay
cay-1
8690504012345','','','12.5','TRY','3','20','active',2,'file','2026-11-23T09:00:05.000Z','2026-11-23T09:00:08.000Z',0,'2026-11-26T06:35:00.000Z','person','deneme','2026-11-26T06:36:00.000Z','file','ayşe');
INSERT INTO "product" VALUES(2,'007','007','007',X'14E614E614ED00000020002000200000020202','','','ajan','ajan',X'15EF16E615EF174F00000020002000200020000002020202','ajan
007
','','',NULL,'TRY',NULL,NULL,'active',1,'file','2026-11-23T09:00:05.000Z','2026-11-23T09:00:05.000Z',0,NULL,'','',NULL,'','');
INSERT INTO "product" VALUES(3,'','','',X'00000000','SHOP-1','SHOP-1','Kodsuz ürün','kodsuz urun',X'16FF1771163117F3183618950109183717BD1837174F00000020002000200020002000200020002000200020002000000802020202020202020202','kodsuz urun

shop-1','','',NULL,'TRY',NULL,NULL,'active',1,'file','2026-11-23T09:00:05.000Z','2026-11-23T09:00:05.000Z',0,NULL,'','',NULL,'','');
CREATE TABLE quota (
    month text    NOT NULL,
    kind  text    NOT NULL,
    used  integer NOT NULL CHECK (used >= 0),
    PRIMARY KEY (month, kind)
) STRICT;
INSERT INTO "quota" VALUES('2026-11','read',20);
CREATE TABLE quota_exhausted (
    kind     text NOT NULL PRIMARY KEY,
    since    text NOT NULL,
    asked_at text NOT NULL
) STRICT;
INSERT INTO "quota_exhausted" VALUES('read','2026-11-23T17:00:00.000Z','2026-11-23T17:00:00.000Z');
CREATE TABLE repair (
    id        integer PRIMARY KEY AUTOINCREMENT,
    at        text    NOT NULL,
    what      text    NOT NULL,
    width     integer NOT NULL,
    undone_at text
) STRICT;
CREATE TABLE repair_change (
    repair_id  integer NOT NULL REFERENCES repair (id) ON DELETE CASCADE,
    product_id integer NOT NULL,
    field      text    NOT NULL,
    before     text    NOT NULL,
    after      text    NOT NULL,
    PRIMARY KEY (repair_id, product_id, field)
) STRICT, WITHOUT ROWID;
CREATE TABLE report (
    id          integer PRIMARY KEY,
    transfer_id integer NOT NULL REFERENCES transfer (id) ON DELETE CASCADE,
    state       text    NOT NULL,
    rows        integer NOT NULL,
    html        text    NOT NULL,
    xlsx        text    NOT NULL,
    draft       text    NOT NULL,
    saved_at    text    NOT NULL,
    UNIQUE (transfer_id, state, rows)
) STRICT;
INSERT INTO "report" VALUES(1,1,'stopped',2,'','','','2026-11-23T09:00:07.000Z');
CREATE TABLE separation (
    remote_id  text    NOT NULL,
    type       integer NOT NULL,
    product_id integer NOT NULL REFERENCES product (id) ON DELETE CASCADE,
    created_at text    NOT NULL,
    PRIMARY KEY (remote_id, type, product_id)
) STRICT;
INSERT INTO "separation" VALUES('9',1,2,'2026-11-23T09:00:00.000Z');
CREATE TABLE setting (
    key   text NOT NULL PRIMARY KEY,
    value text NOT NULL
) STRICT;
INSERT INTO "setting" VALUES('integration','true');
INSERT INTO "setting" VALUES('currency','TRY');
INSERT INTO "setting" VALUES('pull','false');
INSERT INTO "setting" VALUES('auto_formalise','false');
INSERT INTO "setting" VALUES('scenario','basic');
INSERT INTO "setting" VALUES('push','both');
CREATE TABLE sync_choice (
    product_id integer NOT NULL REFERENCES product (id) ON DELETE CASCADE,
    field      text    NOT NULL,
    owner      text    NOT NULL,
    kind       text    NOT NULL,
    ours       text,
    theirs     text,
    at         text    NOT NULL,
    actor      text    NOT NULL,
    sync_id    integer NOT NULL,
    PRIMARY KEY (product_id, field)
) STRICT, WITHOUT ROWID;
INSERT INTO "sync_choice" VALUES(1,'price','isbasi','','12.50','12.75','2026-11-26T08:30:00.000Z','ali',1);
CREATE TABLE sync_item (
    id          integer PRIMARY KEY AUTOINCREMENT,
    sync_id     integer NOT NULL REFERENCES sync_run (id) ON DELETE CASCADE,
    product_id  integer NOT NULL,
    remote_id   text    NOT NULL,
    type        integer NOT NULL,
    field       text    NOT NULL CHECK (field IN ('stock', 'price')),
    way         text    NOT NULL CHECK (way IN ('pull', 'push')),
    why         text    NOT NULL,
    conflict    integer NOT NULL,
    base        text,
    ours        text,
    theirs      text,
    value       text    NOT NULL,
    currency    text    NOT NULL,
    attempt     integer NOT NULL,
    receipt     text    NOT NULL,
    again       integer NOT NULL,
    state       text    NOT NULL,
    detail      text    NOT NULL DEFAULT '',
    sent_at     text,
    ended_at    text,
    undone      integer NOT NULL DEFAULT 0
) STRICT;
INSERT INTO "sync_item" VALUES(1,1,1,'1',1,'price','pull','theirs_changed',0,'12.75','12.50','12.75','12.75','TRY',1,'',0,'applied','',NULL,'2026-11-26T08:00:02.000Z',0);
CREATE TABLE sync_open (
    product_id integer NOT NULL REFERENCES product (id) ON DELETE CASCADE,
    field      text    NOT NULL,
    remote_id  text    NOT NULL,
    type       integer NOT NULL,
    action     text    NOT NULL CHECK (action IN ('conflict', 'held')),
    why        text    NOT NULL,
    way        text    NOT NULL,
    base       text,
    ours       text,
    theirs     text,
    ours_at    text,
    theirs_at  text,
    since      text    NOT NULL,
    sync_id    integer NOT NULL,
    decided    integer NOT NULL DEFAULT 0,
    PRIMARY KEY (product_id, field)
) STRICT, WITHOUT ROWID;
INSERT INTO "sync_open" VALUES(1,'stock','1',1,'held','push_off','push','7','3','7',NULL,NULL,'2026-11-26T08:00:02.000Z',1,0);
CREATE TABLE sync_run (
    id             integer PRIMARY KEY AUTOINCREMENT,
    state          text    NOT NULL,
    phase          text    NOT NULL,
    scope          text    NOT NULL,
    since          text,
    occasion       text    NOT NULL,
    only_way       text    NOT NULL,
    accepted       text    NOT NULL,
    next_page      integer NOT NULL,
    total          integer NOT NULL,
    read           integer NOT NULL,
    planned        integer NOT NULL,
    failed         integer NOT NULL,
    pending        integer NOT NULL,
    compared       integer NOT NULL DEFAULT 0,
    unchanged      integer NOT NULL DEFAULT 0,
    conflicts      integer NOT NULL DEFAULT 0,
    held           integer NOT NULL DEFAULT 0,
    pulled_stock   integer NOT NULL DEFAULT 0,
    pulled_price   integer NOT NULL DEFAULT 0,
    pushed_stock   integer NOT NULL DEFAULT 0,
    pushed_price   integer NOT NULL DEFAULT 0,
    brakes         text    NOT NULL DEFAULT '[]',
    dated          integer NOT NULL DEFAULT 0,
    undated        integer NOT NULL DEFAULT 0,
    api_reads      integer NOT NULL,
    api_writes     integer NOT NULL,
    cause          text    NOT NULL,
    detail         text    NOT NULL,
    actor          text    NOT NULL,
    created_at     text,
    read_at        text,
    confirmed_at   text,
    finished_at    text,
    undone_at      text,
    worked_ms      integer NOT NULL
) STRICT;
INSERT INTO "sync_run" VALUES(1,'done','end','full',NULL,'person','','[]',2,2,2,1,0,0,0,0,0,0,0,0,0,0,'[]',0,0,1,1,'','','ali','2026-11-26T08:00:00.000Z','2026-11-26T08:00:01.000Z','2026-11-26T08:00:00.000Z','2026-11-26T08:00:03.000Z',NULL,3000);
CREATE TABLE sync_seen (
    remote_id   text    NOT NULL,
    type        integer NOT NULL,
    price       text,
    currency    text    NOT NULL,
    stock       text,
    modified_at text,
    read_at     text    NOT NULL,
    sync_id     integer NOT NULL,
    PRIMARY KEY (remote_id, type)
) STRICT, WITHOUT ROWID;
INSERT INTO "sync_seen" VALUES('1',1,'12.75','TRY','7',NULL,'2026-11-26T08:00:01.000Z',1);
INSERT INTO "sync_seen" VALUES('2',1,NULL,'','3','2026-11-25T08:00:00.000Z','2026-11-26T08:00:01.000Z',1);
CREATE TABLE transfer (
    id           integer PRIMARY KEY AUTOINCREMENT,
    state        text    NOT NULL,
    phase        text    NOT NULL,
    options      text    NOT NULL,
    next_page    integer NOT NULL,
    total        integer NOT NULL,
    read         integer NOT NULL,
    transferred  integer NOT NULL,
    matched      integer NOT NULL,
    unmatched    integer NOT NULL,
    skipped      integer NOT NULL,
    failed       integer NOT NULL,
    pending      integer NOT NULL,
    api_reads    integer NOT NULL,
    api_writes   integer NOT NULL,
    cause        text    NOT NULL,
    detail       text    NOT NULL,
    created_at   text,
    read_at      text,
    confirmed_at text,
    finished_at  text,
    worked_ms    integer NOT NULL, undo_at text, undone_at text,
    CHECK (read = transferred + skipped + failed + pending),
    CHECK (transferred = matched + unmatched)
) STRICT;
INSERT INTO "transfer" VALUES(1,'stopped','apply','{"include_passive":false,"only_in_stock":false,"by_barcode":true,"by_code":true,"unmatched":"listed","take_name":false,"take_brand":false,"take_vat":false,"limit":0,"report_to":"","currency":"TRY"}',2,3,3,1,1,0,0,0,2,1,0,'','','2026-11-23T09:00:07.000Z',NULL,'2026-11-23T09:00:08.000Z',NULL,0,NULL,NULL);
CREATE TABLE transfer_plan (
    transfer_id integer PRIMARY KEY REFERENCES transfer (id) ON DELETE CASCADE,
    made_at     text    NOT NULL,
    source      text    NOT NULL DEFAULT '',
    forecast    text    NOT NULL
) STRICT;
INSERT INTO "transfer_plan" VALUES(1,'2026-11-23T09:00:07.000Z','','{"read":3,"matched":1,"unmatched":2,"skipped":0,"failed":0,"tiers":{"barcode":1},"reasons":{"no-candidate":2},"becomes":{"listed":2},"prices":1,"stocks":0}');
CREATE TABLE transfer_row (
    id          integer PRIMARY KEY,
    transfer_id integer NOT NULL REFERENCES transfer (id) ON DELETE CASCADE,
    remote_id   text    NOT NULL,
    type        integer NOT NULL,
    code        text    NOT NULL,
    code_sort   blob    NOT NULL,
    barcode     text    NOT NULL,
    name        text    NOT NULL,
    name_sort   blob    NOT NULL,
    search_fold text    NOT NULL,
    brand       text    NOT NULL,
    unit        text    NOT NULL,
    active      integer NOT NULL,
    currency    text    NOT NULL,
    price       text,
    stock       text,
    vat_rate    text,
    modified_at text,
    tier        text    NOT NULL DEFAULT '',
    reason      text    NOT NULL DEFAULT '',
    candidates  integer NOT NULL DEFAULT 0,
    flag        text    NOT NULL DEFAULT '',
    skipped     integer NOT NULL DEFAULT 0,
    product_id  integer NOT NULL DEFAULT 0,
    revision    integer NOT NULL DEFAULT 0,
    outcome     text    NOT NULL DEFAULT 'pending'
        CHECK (outcome IN ('pending', 'matched', 'unmatched', 'skipped', 'failed')),
    notes       text    NOT NULL DEFAULT '', planned text NOT NULL DEFAULT '', becomes text NOT NULL DEFAULT '', planned_notes text NOT NULL DEFAULT '', before_price text, before_currency text NOT NULL DEFAULT '', before_stock text, after_price text, after_currency text NOT NULL DEFAULT '', after_stock text, applied_price text, applied_currency text NOT NULL DEFAULT '', applied_stock text, decided text NOT NULL DEFAULT '',
    UNIQUE (transfer_id, remote_id, type)
) STRICT;
INSERT INTO "transfer_row" VALUES(1,1,'1',1,'çay-1',X'161E15EF1880010D14E700000020002000200020002000000202020202','','Çay',X'161E15EF188000000020002000200000030202','cay
cay-1
','','',1,'TRY','12.5','3',NULL,NULL,'spelling','',0,'spelling',0,1,1,'matched','','matched','','','10','TRY','4','12.5','TRY','4','12.5','TRY','4','');
INSERT INTO "transfer_row" VALUES(2,1,'2',1,'KOD-00002',X'16FF17711631010D14E614E614E614E614E800000020002000200020002000200020002000200000080808020202020202','','ÜRÜN 2',X'183717BD1837174F010914E800000020002000200020002000200000030803080202','urun 2
kod-00002
','','',1,'TRY','12.5','3',NULL,NULL,'','no-candidate',0,'',0,0,0,'pending','','unmatched','listed','',NULL,'',NULL,NULL,'',NULL,NULL,'',NULL,'');
INSERT INTO "transfer_row" VALUES(3,1,'3',1,'KOD-00003',X'16FF17711631010D14E614E614E614E614E900000020002000200020002000200020002000200000080808020202020202','','ÜRÜN 3',X'183717BD1837174F010914E900000020002000200020002000200000030803080202','urun 3
kod-00003
','','',1,'TRY','12.5','3',NULL,NULL,'','passive',0,'',1,0,0,'pending','','unmatched','listed','',NULL,'',NULL,NULL,'',NULL,NULL,'',NULL,'');
CREATE INDEX product_code_k0 ON product (code_k0) WHERE code_k0 <> '';
CREATE INDEX product_barcode_key ON product (barcode_key) WHERE barcode_key <> '';
CREATE INDEX product_name_sort ON product (name_sort);
CREATE INDEX separation_product ON separation (product_id);
CREATE INDEX transfer_row_outcome ON transfer_row (transfer_id, outcome);
CREATE UNIQUE INDEX transfer_plan_source ON transfer_plan (source) WHERE source <> '';
CREATE INDEX before_image_transfer ON before_image (transfer_id, undone);
CREATE INDEX before_image_decision ON before_image (decision_id) WHERE decision_id IS NOT NULL;
CREATE INDEX before_image_product ON before_image (product_id);
CREATE INDEX before_image_remote ON before_image (remote_id, type);
CREATE INDEX letter_waiting ON letter (next_at) WHERE state IN ('queued', 'sending');
CREATE INDEX agreed_product ON agreed (product_id, field, id);
CREATE INDEX sync_seen_run ON sync_seen (sync_id);
CREATE INDEX sync_item_run ON sync_item (sync_id, state, way, id);
CREATE INDEX sync_item_product ON sync_item (product_id, field, id);
CREATE INDEX sync_item_unconfirmed ON sync_item (product_id, field) WHERE way = 'push' AND state IN ('sent', 'unknown', 'answered');
CREATE INDEX sync_item_failed ON sync_item (product_id, field) WHERE way = 'push' AND state = 'failed';
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('transfer',1);
INSERT INTO "sqlite_sequence" VALUES('before_image',1);
INSERT INTO "sqlite_sequence" VALUES('agreed',4);
INSERT INTO "sqlite_sequence" VALUES('sync_run',1);
INSERT INTO "sqlite_sequence" VALUES('sync_item',1);
COMMIT;
