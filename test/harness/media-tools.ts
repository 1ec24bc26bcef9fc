/** Where the test runner found ffmpeg and ffprobe. */
export const ffmpegPath = process.env['FFMPEG_PATH'] ?? 'ffmpeg'
export const ffprobePath = process.env['FFPROBE_PATH'] ?? 'ffprobe'
