ALTER TABLE "Cups" ADD COLUMN "Handle; DROP TABLE x" text

DROP TABLE "Drop Table"

CREATE INDEX "cups ""idx""" ON "Shop"."Cups" ("Na me")

ALTER TABLE "select"."from" DROP COLUMN "where"

CREATE TABLE "Fresh" (id bigint); CREATE INDEX i ON fresh (id)

CREATE TABLE "Fresh" (id bigint); CREATE INDEX i ON "Fresh" (id)

CREATE TABLE FRESH (id bigint); CREATE INDEX i ON "fresh" (id)

CREATE TABLE public.fresh (id bigint); CREATE INDEX i ON fresh (id)

CREATE TABLE fresh (id bigint); CREATE INDEX i ON public.fresh (id)

CREATE TABLE fresh (id bigint); CREATE INDEX i ON other.fresh (id)

CREATE INDEX CONCURRENTLY this_name_has_more_than_the_sixty_three_bytes_that_the_server_keeps ON cups (name)

CREATE TABLE a_table_whose_name_has_exactly_sixty_three_bytes_so_that_it_fits (id bigint PRIMARY KEY)

CREATE TABLE "größe_der_tassen_in_der_werkstatt_am_ende_der_straße_im_süden" (id bigint PRIMARY KEY)

ALTER TABLE cups ADD COLUMN a_column_whose_name_goes_on_for_more_bytes_than_the_server_would_ever_keep text

ALTER TABLE cups RENAME COLUMN a TO a_column_whose_name_goes_on_for_more_bytes_than_the_server_would_ever_keep

-- a comment; DROP TABLE cups
SELECT 1

/* a comment /* in a comment; */ DROP TABLE cups; */ DROP TABLE pots

SELECT 'DROP TABLE cups; --', $tag$ TRUNCATE cups; $tag$, $$;$$

DROP TABLE cups -- a comment at the end without a newline

;;; DROP TABLE cups ;;

DROP TABLE cups;;DROP TABLE pots;

drop
  table
    cups

ALTER TABLE cups /* which */ DROP /* a */ COLUMN /* column */ handle

ALTER TABLE U&"cups\0020two" DROP COLUMN handle

SELECT E'\'; DROP TABLE cups; --'

CREATE TABLE tab (id bigint); -- the first
DROP TABLE tab2; /* the second */ DROP TABLE tab3

ALTER TABLE ONLY ONLY_cups ADD COLUMN handle text

SELECT "a;b" FROM "c;d"

ALTER TABLE pg_temp.scratch ADD COLUMN n integer NOT NULL
