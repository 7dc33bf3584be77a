#include "recording-source.h"
#include <gst/base/gstpushsrc.h>

typedef struct
{
  GstPushSrc parent;
  const Recording *recording;
  const RecordingOptions *options;
  guint next;                   /* number of the frame to send next */
  guint end;                    /* number of the first frame not to send */
} RecordingSource;

typedef struct
{
  GstPushSrcClass parent_class;
} RecordingSourceClass;

static GType recording_source_get_type (void);
G_DEFINE_TYPE (RecordingSource, recording_source, GST_TYPE_PUSH_SRC)
#define RECORDING_SOURCE(object) ((RecordingSource *) (object))

static GstStaticPadTemplate template = GST_STATIC_PAD_TEMPLATE ("src", GST_PAD_SRC, GST_PAD_ALWAYS,
    GST_STATIC_CAPS ("video/x-h264; video/x-h265"));

static GstClockTime
first_time (const RecordingSource * self)
{
  return RECORDING_FRAME (self->recording, 0)->ntp_time;
}

static GstClockTime
last_time (const RecordingSource * self)
{
  return RECORDING_FRAME (self->recording, self->recording->frames->len - 1)->ntp_time + GST_SECOND;
}

static gboolean
is_seekable (GstBaseSrc * source)
{
  return TRUE;
}

/* Moves the start back to a keyframe and the end on to one, so that everything between can be decoded. */
static gboolean
do_seek (GstBaseSrc * source, GstSegment * segment)
{
  RecordingSource *self = RECORDING_SOURCE (source);
  const Recording *recording = self->recording;
  GstClockTime from = GST_CLOCK_TIME_IS_VALID (segment->start) ? segment->start : 0;

  self->next = recording_keyframe_before (recording, MAX (from, first_time (self)));
  for (gint n = 0; n < self->options->preroll_keyframes && self->next > 0; n++)
    self->next = recording_keyframe_before (recording, RECORDING_FRAME (recording, self->next)->ntp_time - 1);
  self->end = GST_CLOCK_TIME_IS_VALID (segment->stop)
      ? recording_keyframe_from (recording, segment->stop) : recording->frames->len;
  segment->start = segment->time = segment->position = RECORDING_FRAME (recording, self->next)->ntp_time;
  segment->stop = self->end < recording->frames->len
      ? RECORDING_FRAME (recording, self->end)->ntp_time : GST_CLOCK_TIME_NONE;
  return TRUE;
}

static gboolean
query (GstBaseSrc * source, GstQuery * query)
{
  RecordingSource *self = RECORDING_SOURCE (source);
  GstFormat format;

  if (GST_QUERY_TYPE (query) == GST_QUERY_SEEKING) {
    gst_query_parse_seeking (query, &format, NULL, NULL, NULL);
    if (format != GST_FORMAT_TIME)
      return FALSE;
    gst_query_set_seeking (query, GST_FORMAT_TIME, TRUE, first_time (self), last_time (self));
    return TRUE;
  }
  if (GST_QUERY_TYPE (query) == GST_QUERY_DURATION) {
    gst_query_parse_duration (query, &format, NULL);
    if (format != GST_FORMAT_TIME)
      return FALSE;
    gst_query_set_duration (query, GST_FORMAT_TIME, last_time (self));
    return TRUE;
  }
  return GST_BASE_SRC_CLASS (recording_source_parent_class)->query (source, query);
}

static GstCaps *
get_caps (GstBaseSrc * source, GstCaps * filter)
{
  return gst_caps_ref (RECORDING_SOURCE (source)->recording->caps);
}

static GstFlowReturn
create (GstPushSrc * source, GstBuffer ** buffer)
{
  RecordingSource *self = RECORDING_SOURCE (source);
  const Recording *recording = self->recording;

  if (self->next >= self->end)
    return GST_FLOW_EOS;
  const RecordedFrame *frame = RECORDING_FRAME (recording, self->next);
  gchar *bytes = g_mapped_file_get_contents (recording->stream) + frame->offset_bytes;
  *buffer = gst_buffer_new_wrapped_full (GST_MEMORY_FLAG_READONLY, bytes, frame->size_bytes, 0,
      frame->size_bytes, NULL, NULL);
  /* No duration: the base class would end as soon as one picture reaches the end, though earlier ones follow. */
  GST_BUFFER_PTS (*buffer) = frame->ntp_time;
  if (!frame->is_keyframe)
    GST_BUFFER_FLAG_SET (*buffer, GST_BUFFER_FLAG_DELTA_UNIT);
  if (frame->is_after_hole)
    GST_BUFFER_FLAG_SET (*buffer, GST_BUFFER_FLAG_DISCONT);
  self->next++;
  return GST_FLOW_OK;
}

static void
recording_source_class_init (RecordingSourceClass * class)
{
  GstBaseSrcClass *base = GST_BASE_SRC_CLASS (class);

  gst_element_class_add_static_pad_template (GST_ELEMENT_CLASS (class), &template);
  gst_element_class_set_static_metadata (GST_ELEMENT_CLASS (class), "Recording", "Source",
      "Plays a recording at its absolute time", "Minh Chung");
  base->is_seekable = is_seekable;
  base->do_seek = do_seek;
  base->query = query;
  base->get_caps = get_caps;
  GST_PUSH_SRC_CLASS (class)->create = create;
}

static void
recording_source_init (RecordingSource * self)
{
  gst_base_src_set_format (GST_BASE_SRC (self), GST_FORMAT_TIME);
}

GstElement *
recording_source_new (const Recording * recording, const RecordingOptions * options)
{
  RecordingSource *self = g_object_new (recording_source_get_type (), NULL);
  self->recording = recording;
  self->options = options;
  self->end = recording->frames->len;
  return GST_ELEMENT (self);
}
