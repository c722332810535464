package database

import "context"

// What the tests of this room look at beside its files.
const BusyTimeout = busyTimeout

var (
	Patiently      = patiently
	KindOfCode     = kindOfCode
	EmbeddedSchema = embeddedSchema
	TextToSearch   = searchText
)

func (d *File) Migrate(ctx context.Context, s Schema) error { return d.migrate(ctx, s, true) }

func (s Schema) Migrations() ([]migration, error) { return s.migrations() }

func (m migration) Version() int { return m.version }

func (m migration) Name() string { return m.name }

// Few makes lists ask about so many rows one by one.
func (l *Lists) Few(n int) { l.few = n }
