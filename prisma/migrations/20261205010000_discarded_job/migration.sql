alter table job add column discarded text;
