/* A recording in memory-mapped files: coded pictures one behind the other, and a list of their times. */
#ifndef RECORDING_H
#define RECORDING_H

#include <gst/gst.h>

/* From 1900, where NTP time begins, to 1970, in seconds. */
#define NTP_TO_UNIX_S G_GUINT64_CONSTANT (2208988800)

/* One coded picture, in decode order. */
typedef struct
{
  GstClockTime ntp_time;        /* when it is shown, in nanoseconds since 1900 */
  gsize offset_bytes;
  gsize size_bytes;
  gboolean is_keyframe;
  gboolean is_after_hole;
} RecordedFrame;

typedef struct
{
  GMappedFile *stream;
  GArray *frames;
  GstCaps *caps;
} Recording;

/* What the server does with its recording beside serving it. */
typedef struct
{
  gchar **holes;                /* "FROM_US:TO_US" in Unix time: pictures that are not there */
  gint preroll_keyframes;       /* keyframes sent before the one that the question needs */
} RecordingOptions;

/*
 * Reads STREAM (NAL units behind 4-byte lengths) and INDEX: first a line of caps as gst-launch writes them, then
 * one line "TIME_US OFFSET SIZE KEY" for each picture. Ends the program where they are not as said.
 */
Recording *recording_open (const gchar * stream_path, const gchar * index_path, const RecordingOptions * options);

/* Number of the keyframe at or before a time; of the first keyframe where there is none. */
guint recording_keyframe_before (const Recording * recording, GstClockTime ntp_time);

/* Number of the first keyframe at or after a time; the number of frames where there is none. */
guint recording_keyframe_from (const Recording * recording, GstClockTime ntp_time);

#define RECORDING_FRAME(recording, n) (&g_array_index ((recording)->frames, RecordedFrame, (n)))

#endif
