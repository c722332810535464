package prices

// What the tests of this room look at beside its store.
const Everywhere = everywhere
