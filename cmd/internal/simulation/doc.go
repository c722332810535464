// Package simulation lives the months of companies in seconds, to find what the rooms do wrong together: the real engine over
// real files in virtual time, with a stand-in İşbaşı, people, faults, kills and second programs. One number, the seed, decides all
// that happens, so that what has failed happens again, and is made as small as can be.
package simulation
