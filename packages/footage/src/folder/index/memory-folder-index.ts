import type {
  FolderIndex,
  FolderTrack,
  FolderTrackState,
  IndexedDirectory,
  IndexedFile,
} from '@minhchung/domain';

interface KnownTrack {
  state: FolderTrackState | null;
  readonly directories: Map<string, IndexedDirectory>;
  /** By directory, then by name. */
  readonly files: Map<string, Map<string, IndexedFile>>;
}

/** An index that lives as long as its process: for one who only has a disk of recordings, and for tests. */
export function createMemoryFolderIndex(): FolderIndex {
  const tracks = new Map<string, KnownTrack>();
  const keyOf = ({ recorder_id, path }: FolderTrack) => `${recorder_id}\n${path}`;
  const known = (track: FolderTrack): KnownTrack => {
    const found = tracks.get(keyOf(track)) ?? { state: null, directories: new Map(), files: new Map() };
    tracks.set(keyOf(track), found);
    return found;
  };
  const all = (track: FolderTrack): IndexedFile[] =>
    [...known(track).files.values()].flatMap((files) => [...files.values()]);
  const timed = (track: FolderTrack): TimedFile[] =>
    all(track)
      .filter((file): file is TimedFile => file.start_us !== null)
      .sort((a, b) => a.start_us - b.start_us || (a.name < b.name ? -1 : 1));

  return {
    async state(track) {
      return known(track).state;
    },
    async saveState(track, state) {
      known(track).state = state;
    },
    async directories(track) {
      return [...known(track).directories.values()].sort((a, b) => (a.directory < b.directory ? -1 : 1));
    },
    async names(track, directory) {
      return [...(known(track).files.get(directory)?.keys() ?? [])].sort();
    },
    async named(track, directory, names) {
      const files = known(track).files.get(directory);
      return names.flatMap((name) => files?.get(name) ?? []);
    },
    async meeting(track, { from_us, to_us }, reach_us, limit) {
      const meets = ({ start_us, duration_us }: TimedFile) =>
        start_us > from_us - reach_us &&
        start_us < to_us &&
        (duration_us === null || start_us + duration_us > from_us);
      return timed(track).filter(meets).slice(-limit);
    },
    async edge(track, which) {
      return timed(track).at(which === 'oldest' ? 0 : -1) ?? null;
    },
    async unsettled(track, limit) {
      const isOpen = ({ state }: IndexedFile) => state === 'named' || state === 'growing';
      const untimed = all(track).filter(({ start_us }) => start_us === null);
      return [...untimed, ...timed(track).reverse()].filter(isOpen).slice(0, limit);
    },
    async apply(track, { directory, put, gone, in_directory }) {
      const { directories, files } = known(track);
      for (const name of gone) files.get(in_directory)?.delete(name);
      for (const file of put) {
        const beside = files.get(file.directory) ?? new Map<string, IndexedFile>();
        files.set(file.directory, beside);
        beside.set(file.name, { ...file, seen_at_ms: beside.get(file.name)?.seen_at_ms ?? file.seen_at_ms });
      }
      if (directory !== null) directories.set(directory.directory, directory);
    },
    async removeDirectory(track, directory) {
      for (const rows of [known(track).directories, known(track).files]) {
        for (const name of rows.keys()) {
          if (name === directory || name.startsWith(`${directory}/`)) rows.delete(name);
        }
      }
    },
    async forget(track) {
      tracks.delete(keyOf(track));
    },
  };
}

type TimedFile = IndexedFile & { readonly start_us: number };
