package disk

import (
	"io/fs"
	"os"
	"syscall"
)

// held says that another program has the file or folder at path open and lets nobody rename it.
func held(path string) error {
	const deleting = 0x10000 // DELETE, the right to rename and remove
	return refused(path, deleting)
}

// kept says that another program has the file at path open and lets nobody read and write it.
func kept(path string) error { return refused(path, syscall.GENERIC_READ|syscall.GENERIC_WRITE) }

// refused opens path with some rights and lets others do what they like; its error is only that another program does not.
func refused(path string, rights uint32) error {
	name, err := syscall.UTF16PtrFromString(path)
	if err != nil {
		return nil // nobody holds what has no name
	}
	const everything = syscall.FILE_SHARE_READ | syscall.FILE_SHARE_WRITE | syscall.FILE_SHARE_DELETE
	file, err := syscall.CreateFile(name, rights, everything, nil, syscall.OPEN_EXISTING, syscall.FILE_FLAG_BACKUP_SEMANTICS, 0)
	if err == nil {
		return syscall.CloseHandle(file)
	}
	if err = (&fs.PathError{Op: "open", Path: path, Err: err}); IsHeld(err) {
		return err
	}
	return nil
}

// keep lets other programs see that somebody works on the file at path, until it is let go or the process ends: it is open.
// It may be renamed meanwhile. Folders are not kept: their names could not be given away.
func keep(path string) (letGo func(), err error) {
	if info, err := os.Stat(path); err != nil || info.IsDir() {
		return func() {}, err
	}
	const everything = syscall.FILE_SHARE_READ | syscall.FILE_SHARE_WRITE | syscall.FILE_SHARE_DELETE
	file, err := open(path, everything)
	if err != nil { // it may be written all the same
		return func() {}, nil
	}
	return func() { _ = syscall.CloseHandle(file) }, nil
}

// unlessKept does something with what is at path where nobody has it open; known: the system tells.
func unlessKept(path string, do func()) (known bool) {
	if info, err := os.Stat(path); err != nil || info.IsDir() {
		return false
	}
	file, err := open(path, 0)
	if err != nil {
		return IsHeld(err)
	}
	if err := syscall.CloseHandle(file); err != nil {
		return false
	}
	do() // who makes one has it open from the first moment
	return true
}

func open(path string, share uint32) (syscall.Handle, error) {
	name, err := syscall.UTF16PtrFromString(path)
	if err != nil {
		return 0, err
	}
	return syscall.CreateFile(name, syscall.GENERIC_READ, share, nil, syscall.OPEN_EXISTING, 0, 0)
}
