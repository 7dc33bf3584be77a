/*
 * An ONVIF replay server that is not ours: GStreamer's RTSP server with its ONVIF media factory, before which only
 * a source of absolute time is put. Listens on 127.0.0.1, prints its port, ends with its standard input.
 */
#include "recording-source.h"
#include <gst/rtsp-server/rtsp-onvif-media-factory.h>
#include <gst/rtsp-server/rtsp-onvif-media.h>
#include <gst/rtsp-server/rtsp-onvif-server.h>

static Recording *recording;
static RecordingOptions options;

typedef struct
{
  GstRTSPOnvifMediaFactory parent;
} ReplayFactory;

typedef struct
{
  GstRTSPOnvifMediaFactoryClass parent_class;
} ReplayFactoryClass;

static GType replay_factory_get_type (void);
G_DEFINE_TYPE (ReplayFactory, replay_factory, GST_TYPE_RTSP_ONVIF_MEDIA_FACTORY)

/* The payloader and the element that writes the replay header extension, as the one thing the server looks for. */
static GstElement *
payloading (void)
{
  const GstStructure *structure = gst_caps_get_structure (recording->caps, 0);
  gboolean is_h265 = gst_structure_has_name (structure, "video/x-h265");
  GstElement *bin = gst_bin_new ("pay0");
  GstElement *pay = gst_element_factory_make (is_h265 ? "rtph265pay" : "rtph264pay", NULL);
  GstElement *stamp = gst_element_factory_make ("rtponviftimestamp", NULL);

  if (pay == NULL || stamp == NULL)
    g_error ("GStreamer's plug-ins for RTP (good) and ONVIF (bad) are missing");
  g_object_set (pay, "pt", 96, NULL);
  /* Stream time is NTP time already. */
  g_object_set (stamp, "ntp-offset", G_GUINT64_CONSTANT (0), "drop-out-of-segment", FALSE, NULL);
  gst_bin_add_many (GST_BIN (bin), pay, stamp, NULL);
  gst_element_link (pay, stamp);
  GstPad *in = gst_element_get_static_pad (pay, "sink");
  GstPad *out = gst_element_get_static_pad (stamp, "src");
  gst_element_add_pad (bin, gst_ghost_pad_new ("sink", in));
  gst_element_add_pad (bin, gst_ghost_pad_new ("src", out));
  gst_object_unref (in);
  gst_object_unref (out);
  return bin;
}

static GstElement *
create_element (GstRTSPMediaFactory * factory, const GstRTSPUrl * url)
{
  GstElement *bin = gst_bin_new (NULL);
  GstElement *source = recording_source_new (recording, &options);
  GstElement *pay = payloading ();

  gst_bin_add_many (GST_BIN (bin), source, pay, NULL);
  gst_element_link (source, pay);
  return bin;
}

static void
replay_factory_class_init (ReplayFactoryClass * class)
{
  GST_RTSP_MEDIA_FACTORY_CLASS (class)->create_element = create_element;
}

static void
replay_factory_init (ReplayFactory * self)
{
  gst_rtsp_onvif_media_factory_set_replay_support (GST_RTSP_ONVIF_MEDIA_FACTORY (self), TRUE);
  gst_rtsp_media_factory_set_media_gtype (GST_RTSP_MEDIA_FACTORY (self), GST_TYPE_RTSP_ONVIF_MEDIA);
}

/* Whoever started us closes our standard input, or ends: so do we. */
static gboolean
input_ended (GIOChannel * channel, GIOCondition condition, gpointer loop)
{
  g_main_loop_quit (loop);
  return G_SOURCE_REMOVE;
}

int
main (int argc, char *argv[])
{
  gchar *stream_path = NULL, *index_path = NULL;
  GOptionEntry entries[] = {
    {"stream", 0, 0, G_OPTION_ARG_FILENAME, &stream_path, "NAL units behind 4-byte lengths", "FILE"},
    {"index", 0, 0, G_OPTION_ARG_FILENAME, &index_path, "caps, then one line a picture", "FILE"},
    {"hole", 0, 0, G_OPTION_ARG_STRING_ARRAY, &options.holes, "pictures that are missing", "FROM_US:TO_US"},
    {"preroll", 0, 0, G_OPTION_ARG_INT, &options.preroll_keyframes, "keyframes sent too early", "N"},
    {NULL}
  };
  GError *error = NULL;
  GOptionContext *context = g_option_context_new (NULL);

  g_option_context_add_main_entries (context, entries, NULL);
  g_option_context_add_group (context, gst_init_get_option_group ());
  if (!g_option_context_parse (context, &argc, &argv, &error))
    g_error ("%s", error->message);
  if (stream_path == NULL || index_path == NULL)
    g_error ("--stream and --index are needed");
  recording = recording_open (stream_path, index_path, &options);

  GMainLoop *loop = g_main_loop_new (NULL, FALSE);
  GstRTSPServer *server = gst_rtsp_onvif_server_new ();
  GstRTSPMountPoints *mounts = gst_rtsp_server_get_mount_points (server);
  gst_rtsp_mount_points_add_factory (mounts, "/replay", g_object_new (replay_factory_get_type (), NULL));
  g_object_unref (mounts);
  gst_rtsp_server_set_address (server, "127.0.0.1");
  gst_rtsp_server_set_service (server, "0");
  if (gst_rtsp_server_attach (server, NULL) == 0)
    g_error ("cannot listen");
  g_print ("%d\n", gst_rtsp_server_get_bound_port (server));
  g_io_add_watch (g_io_channel_unix_new (0), G_IO_IN | G_IO_HUP | G_IO_ERR, input_ended, loop);
  g_main_loop_run (loop);
  return 0;
}
