/* A GStreamer source whose time is absolute: nanoseconds since 1900, as ONVIF replay asks for it. */
#ifndef RECORDING_SOURCE_H
#define RECORDING_SOURCE_H

#include "recording.h"

/* A new source element that plays a recording, which it does not own. */
GstElement *recording_source_new (const Recording * recording, const RecordingOptions * options);

#endif
