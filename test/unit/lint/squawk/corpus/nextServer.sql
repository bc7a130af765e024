VACUUM FULL cups

VACUUM (FULL, ANALYZE) cups

CLUSTER cups USING cups_name_idx

REPACK cups

REPACK (CONCURRENTLY) cups USING INDEX cups_name_idx
