/** Shows that this process lives, and takes over what dead ones of this machine have left behind. */
export interface WatchProcesses {
  execute(): Promise<void>;
}
