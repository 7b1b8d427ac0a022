-- Of new rows only: what is stored already stays.
alter table contact add constraint contact_printable
  check (not regexp_like(name, '\p{Cntrl}') and not regexp_like(email, '\p{Cntrl}')) nocheck;
