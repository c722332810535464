-- Number 20 is another change's, which takes this file's place.
SELECT 1;
