-- Of new rows only: what is stored already stays.
alter table contact add constraint contact_printable
  check (name !~ '[[:cntrl:]]' and email !~ '[[:cntrl:]]') not valid;
