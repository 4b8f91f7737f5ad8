/* Preloaded into a process: whatever it has flushed to disk is also kept as a copy, and nothing else is. What
   stands in the copies is what a power cut would leave. POWER_CUT_FROM is the folder that is watched, POWER_CUT_TO
   takes the copies. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static void keep(int fd) {
  const char *from = getenv("POWER_CUT_FROM"), *to = getenv("POWER_CUT_TO");
  char link[64], path[1024], copy[2048], fresh[2100];
  static char buffer[1 << 20];
  struct stat info;
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t length = readlink(link, path, sizeof path - 1);
  if (!from || !to || length < 0 || fstat(fd, &info) || !S_ISREG(info.st_mode)) return;
  path[length] = 0;
  if (strncmp(path, from, strlen(from))) return;
  snprintf(copy, sizeof copy, "%s/%s", to, strrchr(path, '/') + 1);
  snprintf(fresh, sizeof fresh, "%s.new", copy);
  int in = open(path, O_RDONLY), out = open(fresh, O_WRONLY | O_CREAT | O_TRUNC, 0600);
  for (ssize_t got; (got = read(in, buffer, sizeof buffer)) > 0;)
    if (write(out, buffer, got) != got) abort();
  close(in);
  close(out);
  if (rename(fresh, copy)) abort();
}

int fsync(int fd) {
  int result = ((int (*)(int))dlsym(RTLD_NEXT, "fsync"))(fd);
  if (result == 0) keep(fd);
  return result;
}

int fdatasync(int fd) {
  int result = ((int (*)(int))dlsym(RTLD_NEXT, "fdatasync"))(fd);
  if (result == 0) keep(fd);
  return result;
}

/* The journal that SQLite begins a database with; one that is gone must not be rolled back in the copies. */
int unlink(const char *path) {
  const char *from = getenv("POWER_CUT_FROM"), *to = getenv("POWER_CUT_TO");
  char copy[2048];
  int (*real)(const char *) = (int (*)(const char *))dlsym(RTLD_NEXT, "unlink");
  if (from && to && !strncmp(path, from, strlen(from))) {
    snprintf(copy, sizeof copy, "%s/%s", to, strrchr(path, '/') + 1);
    real(copy);
  }
  return real(path);
}
