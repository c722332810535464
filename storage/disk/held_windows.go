package disk

import (
	"io/fs"
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
