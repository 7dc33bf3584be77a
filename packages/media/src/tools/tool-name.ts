/** The programs that are started here. */
export type ToolName = 'ffmpeg' | 'ffprobe';
