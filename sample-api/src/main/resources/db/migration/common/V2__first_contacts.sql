-- A few contacts, only where there are none. They come once: who deletes them does not meet them again.
insert into contact (name, email)
select first_ones.name, first_ones.email
from (
  values
    ('Ada Lovelace', 'ada@example.com'),
    ('Charles Babbage', 'charles@example.com'),
    ('Grace Hopper', 'grace@example.com'),
    ('Alan Turing', 'alan@example.com')
) as first_ones (name, email)
where not exists (select 1 from contact);
