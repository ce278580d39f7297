-- Nothing but what template0 has: the copy must succeed and be empty.
SELECT 1;
