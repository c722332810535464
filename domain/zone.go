package domain

import "time"

// Istanbul is the zone in which times are shown and months are counted. It is UTC+3 all year since
// 2016; a fixed zone needs no time-zone database on Windows.
var Istanbul = time.FixedZone("Europe/Istanbul", 3*60*60)
