package simulation

import (
	"sync"
	"unsafe"

	"modernc.org/libc"
	"modernc.org/libc/sys/types"
	sqlite3 "modernc.org/sqlite/lib"
)

// The files of SQLite's that a simulated program has open are written through a layer of ours above SQLite's own: each write is
// one that a kill may come before, and what was not synced is known.

// opened is a file that SQLite has open.
type opened struct {
	methods *sqlite3.Tsqlite3_io_methods // SQLite's own
	path    string
	p       *process
}

// layer is what our functions, which SQLite calls with nothing but addresses, have to know.
var layer struct {
	sync.Mutex
	vfs    *sqlite3.Tsqlite3_vfs // SQLite's own
	at     uintptr               // where that is
	files  map[uintptr]*opened   // by their address
	tables map[uintptr]uintptr   // SQLite's own methods, and ours over them
}

// overlay puts the layer above SQLite's own, for every file that is opened from now on.
func overlay() {
	tls := libc.NewTLS() // for good: what is registered lives as long as the program
	layer.files, layer.tables = map[uintptr]*opened{}, map[uintptr]uintptr{}
	layer.at = sqlite3.Xsqlite3_vfs_find(tls, 0)
	layer.vfs = at[sqlite3.Tsqlite3_vfs](layer.at)
	over := libc.Xmalloc(tls, types.Size_t(unsafe.Sizeof(*layer.vfs)))
	v := at[sqlite3.Tsqlite3_vfs](over)
	*v = *layer.vfs
	name, err := libc.CString("simulated")
	if err != nil {
		panic(err)
	}
	v.FpNext, v.FzName = 0, name
	v.FxOpen, v.FxDelete = address(openFile), address(deleteFile)
	if rc := sqlite3.Xsqlite3_vfs_register(tls, over, 1); rc != sqlite3.SQLITE_OK {
		panic(rc)
	}
}

// at gives what lies at an address outside Go's memory.
func at[T any](address uintptr) *T {
	return (*T)(*(*unsafe.Pointer)(unsafe.Pointer(&address)))
}

// address is that of a function, as translated C has it; function is the way back.
func address[F any](f F) uintptr { return *(*uintptr)(unsafe.Pointer(&struct{ f F }{f})) }

func function[F any](address uintptr) F { return *(*F)(unsafe.Pointer(&struct{ a uintptr }{address})) }

type (
	openFunc   = func(tls *libc.TLS, vfs, name, file uintptr, flags int32, out uintptr) int32
	deleteFunc = func(tls *libc.TLS, vfs, name uintptr, settle int32) int32
	closeFunc  = func(tls *libc.TLS, file uintptr) int32
	bytesFunc  = func(tls *libc.TLS, file, buffer uintptr, n int32, offset int64) int32
	cutFunc    = func(tls *libc.TLS, file uintptr, size int64) int32
	syncFunc   = func(tls *libc.TLS, file uintptr, flags int32) int32
	sizeFunc   = func(tls *libc.TLS, file, size uintptr) int32
)

func openFile(tls *libc.TLS, _, name, file uintptr, flags int32, out uintptr) int32 {
	path := ""
	if name != 0 {
		path = libc.GoString(name)
	}
	p := of(path)
	if p != nil && p.killed() {
		return sqlite3.SQLITE_CANTOPEN
	}
	rc := function[openFunc](layer.vfs.FxOpen)(tls, layer.at, name, file, flags, out)
	methods := at[sqlite3.Tsqlite3_file](file)
	if rc != sqlite3.SQLITE_OK || p == nil || methods.FpMethods == 0 {
		return rc
	}
	layer.Lock()
	defer layer.Unlock()
	own := methods.FpMethods
	layer.files[file] = &opened{at[sqlite3.Tsqlite3_io_methods](own), path, p}
	if layer.tables[own] == 0 {
		table := libc.Xmalloc(tls, types.Size_t(unsafe.Sizeof(sqlite3.Tsqlite3_io_methods{})))
		m := at[sqlite3.Tsqlite3_io_methods](table)
		*m = *at[sqlite3.Tsqlite3_io_methods](own)
		m.FxClose, m.FxWrite, m.FxTruncate, m.FxSync = address(closeFile), address(writeFile), address(cutFile), address(syncFile)
		layer.tables[own] = table
	}
	methods.FpMethods = layer.tables[own]
	return rc
}

func deleteFile(tls *libc.TLS, _, name uintptr, settle int32) int32 {
	path := libc.GoString(name)
	if p := of(path); p != nil && !p.writes(path) {
		return sqlite3.SQLITE_IOERR_DELETE
	}
	return function[deleteFunc](layer.vfs.FxDelete)(tls, layer.at, name, settle)
}

func fileAt(file uintptr) *opened {
	layer.Lock()
	defer layer.Unlock()
	return layer.files[file]
}

func closeFile(tls *libc.TLS, file uintptr) int32 {
	f := fileAt(file)
	layer.Lock()
	delete(layer.files, file)
	layer.Unlock()
	return function[closeFunc](f.methods.FxClose)(tls, file)
}

func writeFile(tls *libc.TLS, file, buffer uintptr, n int32, offset int64) int32 {
	f := fileAt(file)
	if !f.p.writes(f.path) {
		return sqlite3.SQLITE_IOERR_WRITE
	}
	old := make([]byte, n)
	size := f.size(tls, file)
	if size > offset {
		text := libc.Xmalloc(tls, types.Size_t(n))
		function[bytesFunc](f.methods.FxRead)(tls, file, text, n, offset)
		copy(old, bytesAt(text, n))
		libc.Xfree(tls, text)
	}
	f.p.unsynced(f.path, change{offset, size, old, append([]byte(nil), bytesAt(buffer, n)...)})
	return function[bytesFunc](f.methods.FxWrite)(tls, file, buffer, n, offset)
}

func bytesAt(address uintptr, n int32) []byte { return unsafe.Slice(at[byte](address), n) }

func (f *opened) size(tls *libc.TLS, file uintptr) int64 {
	place := libc.Xmalloc(tls, types.Size_t(8))
	defer libc.Xfree(tls, place)
	function[sizeFunc](f.methods.FxFileSize)(tls, file, place)
	return *at[int64](place)
}

// cutFile makes a file shorter, which SQLite does to what it needs no more: that is taken to be durable.
func cutFile(tls *libc.TLS, file uintptr, size int64) int32 {
	f := fileAt(file)
	if !f.p.writes(f.path) {
		return sqlite3.SQLITE_IOERR_TRUNCATE
	}
	f.p.synced(f.path)
	return function[cutFunc](f.methods.FxTruncate)(tls, file, size)
}

func syncFile(tls *libc.TLS, file uintptr, flags int32) int32 {
	f := fileAt(file)
	if !f.p.writes(f.path) {
		return sqlite3.SQLITE_IOERR_FSYNC
	}
	f.p.synced(f.path)
	return function[syncFunc](f.methods.FxSync)(tls, file, flags)
}
