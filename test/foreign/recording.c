#include "recording.h"
#include <stdio.h>

static gboolean
is_in_hole (gchar ** holes, gint64 time_us)
{
  for (; holes != NULL && *holes != NULL; holes++) {
    gchar *rest;
    gint64 from_us = g_ascii_strtoll (*holes, &rest, 10);
    if (*rest != ':')
      g_error ("--hole is FROM_US:TO_US");
    if (time_us >= from_us && time_us < g_ascii_strtoll (rest + 1, NULL, 10))
      return TRUE;
  }
  return FALSE;
}

static void
add_frames (Recording * recording, gchar ** lines, gchar ** holes)
{
  gsize size_bytes = g_mapped_file_get_length (recording->stream);
  gboolean is_missing = FALSE;

  for (; *lines != NULL && **lines != '\0'; lines++) {
    gint64 time_us;
    gsize offset, size;
    gint is_keyframe;
    if (sscanf (*lines, "%" G_GINT64_FORMAT " %" G_GSIZE_FORMAT " %" G_GSIZE_FORMAT " %d", &time_us, &offset,
            &size, &is_keyframe) != 4 || offset > size_bytes || size > size_bytes - offset)
      g_error ("a line of the index that makes no sense: %s", *lines);
    /* What follows a hole cannot be decoded before the next keyframe: a recorder has lost it too. */
    if (is_in_hole (holes, time_us) || (is_missing && !is_keyframe)) {
      is_missing = TRUE;
      continue;
    }
    RecordedFrame frame = {
      .ntp_time = time_us * GST_USECOND + NTP_TO_UNIX_S * GST_SECOND,
      .offset_bytes = offset,.size_bytes = size,
      .is_keyframe = is_keyframe,.is_after_hole = is_missing
    };
    is_missing = FALSE;
    g_array_append_val (recording->frames, frame);
  }
}

Recording *
recording_open (const gchar * stream_path, const gchar * index_path, const RecordingOptions * options)
{
  GError *error = NULL;
  gchar *text = NULL;
  Recording *recording = g_new0 (Recording, 1);

  recording->stream = g_mapped_file_new (stream_path, FALSE, &error);
  if (recording->stream == NULL || !g_file_get_contents (index_path, &text, NULL, &error))
    g_error ("%s", error->message);
  gchar **lines = g_strsplit (text, "\n", -1);
  recording->caps = lines[0] == NULL ? NULL : gst_caps_from_string (lines[0]);
  recording->frames = g_array_new (FALSE, FALSE, sizeof (RecordedFrame));
  if (recording->caps == NULL)
    g_error ("an index without caps");
  add_frames (recording, lines + 1, options->holes);
  if (recording->frames->len == 0)
    g_error ("a recording without frames");
  g_strfreev (lines);
  g_free (text);
  return recording;
}

guint
recording_keyframe_before (const Recording * recording, GstClockTime ntp_time)
{
  guint found = 0;
  for (guint n = 0; n < recording->frames->len; n++) {
    const RecordedFrame *frame = RECORDING_FRAME (recording, n);
    if (frame->is_keyframe && frame->ntp_time > ntp_time)
      break;
    if (frame->is_keyframe)
      found = n;
  }
  return found;
}

guint
recording_keyframe_from (const Recording * recording, GstClockTime ntp_time)
{
  guint n = 0;
  for (; n < recording->frames->len; n++) {
    const RecordedFrame *frame = RECORDING_FRAME (recording, n);
    if (frame->is_keyframe && frame->ntp_time >= ntp_time)
      break;
  }
  return n;
}
