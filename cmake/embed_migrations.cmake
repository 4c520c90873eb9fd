# Writes OUTPUT, a C++ file with every numbered SQL file of FOLDER in order:
#   cmake -DFOLDER=storage/migrations -DOUTPUT=migration_files.cpp -P embed_migrations.cmake
cmake_minimum_required(VERSION 3.25)
file(GLOB files "${FOLDER}/[0-9][0-9][0-9][0-9]_*.sql")
list(SORT files)
set(steps "")
foreach(file IN LISTS files)
  get_filename_component(name "${file}" NAME)
  if(NOT name MATCHES "^0*([1-9][0-9]*0)_[a-z0-9_]+\\.sql$")
    message(FATAL_ERROR "${name}: a migration is named by tens, like 0010_initial.sql")
  endif()
  set(version "${CMAKE_MATCH_1}")
  file(READ "${file}" sql)
  string(APPEND steps "    {${version}, R\"sql(${sql})sql\"},\n")
endforeach()
file(WRITE "${OUTPUT}.new" "// Generated from storage/migrations; not to be edited.
#include \"storage/migrations.h\"

namespace altiplano::storage {
namespace {
constexpr Migration kMigrations[] = {
${steps}};
}  // namespace
std::span<const Migration> embedded_migrations() { return kMigrations; }
}  // namespace altiplano::storage
")
file(COPY_FILE "${OUTPUT}.new" "${OUTPUT}" ONLY_IF_DIFFERENT)
