// Writes small.sas7bdat with ReadStat, which pyreadstat cannot; see PROVENANCE.md.
// cc make.c -lreadstat -o make && ./make
#include <fcntl.h>
#include <readstat.h>
#include <unistd.h>

static ssize_t put(const void *bytes, size_t count, void *context) {
  return write(*(int *)context, bytes, count);
}

int main(void) {
  int file = open("small.sas7bdat", O_CREAT | O_TRUNC | O_WRONLY, 0644);
  readstat_writer_t *writer = readstat_writer_init();
  readstat_set_data_writer(writer, put);
  readstat_writer_set_file_timestamp(writer, 0);
  readstat_variable_t *name = readstat_add_variable(writer, "name", READSTAT_TYPE_STRING, 16);
  readstat_variable_t *code = readstat_add_variable(writer, "code", READSTAT_TYPE_DOUBLE, 0);
  readstat_variable_t *day = readstat_add_variable(writer, "day", READSTAT_TYPE_DOUBLE, 0);
  readstat_variable_set_format(day, "DATE9");
  readstat_begin_writing_sas7bdat(writer, &file, 2);
  readstat_begin_row(writer);
  readstat_insert_string_value(writer, name, "Sibenik, north");
  readstat_insert_double_value(writer, code, 341);
  readstat_insert_double_value(writer, day, 22080);  // 2020-06-14
  readstat_end_row(writer);
  readstat_begin_row(writer);
  readstat_insert_string_value(writer, name, "Montenegro");
  readstat_insert_missing_value(writer, code);
  readstat_insert_double_value(writer, day, -1767);  // 1955-03-01
  readstat_end_row(writer);
  readstat_end_writing(writer);
  readstat_writer_free(writer);
  return close(file);
}
