/* What cgo asks a C compiler, so that gcc answers at once: see CGO_CFLAGS in the Makefile. */
#ifndef __ASSEMBLER__
extern struct cgo_probe { int none; } __cgo_undefined__2;
#endif
