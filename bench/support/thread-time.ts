/** CPU time that this thread has used since it was asked before, ms: what it would take on an idle machine. */
export function threadTime(): () => number {
  let last = process.threadCpuUsage();
  return () => {
    const { user, system } = process.threadCpuUsage(last);
    last = process.threadCpuUsage();
    return (user + system) / 1000;
  };
}

/** Watches the event loop until it is asked. @returns The most CPU time of one turn, ms. */
export function watchTurns(): () => number {
  const used = threadTime();
  let most = 0;
  let isWatching = true;
  const look = (): void => {
    most = Math.max(most, used());
    if (isWatching) setImmediate(look);
  };
  setImmediate(look);
  return () => {
    isWatching = false;
    return most;
  };
}
