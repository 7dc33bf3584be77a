/* Sends the chosen file in resumable pieces. Without this script the form sends it in one piece. */
(() => {
  const form = document.getElementById('send');
  const tus = window.tus;
  if (!form || !tus?.isSupported) return;
  const words = JSON.parse(form.dataset.words);
  const progress = document.getElementById('progress');
  const status = document.getElementById('status');
  const button = document.getElementById('send-button');

  function reasonOf(error) {
    const response = error.originalResponse;
    try {
      return JSON.parse(response.getBody()).message[words.language];
    } catch {
      return error.message;
    }
  }

  function say(text, is_wrong) {
    status.textContent = text;
    status.className = is_wrong ? 'wrong' : '';
  }

  form.addEventListener('submit', (event) => {
    const file = form.elements.file.files[0];
    if (!file) return;
    event.preventDefault();
    const metadata = { filename: file.name, modified: String(file.lastModified) };
    for (const name of ['start', 'clock', 'shown', 'truth']) metadata[name] = form.elements[name].value;
    button.disabled = true;
    progress.hidden = false;
    const upload = new tus.Upload(file, {
      endpoint: '/api/uploads',
      metadata,
      chunkSize: 8 * 1024 * 1024,
      retryDelays: [0, 1000, 3000, 5000, 10000, 20000, 30000, 60000, 60000, 60000],
      removeFingerprintOnSuccess: true,
      onShouldRetry: (error) => {
        const code = error.originalResponse ? error.originalResponse.getStatus() : 0;
        const is_worth_it = code === 0 || code === 409 || code === 423 || code === 429 || code >= 500;
        if (is_worth_it) say(words.waiting, false);
        return is_worth_it;
      },
      onProgress: (sent, total) => {
        const percent = Math.floor((sent / total) * 100);
        progress.value = percent;
        say(words.sending.replace('{percent}', String(percent)), false);
      },
      onError: (error) => {
        button.disabled = false;
        progress.hidden = true;
        say(words.failed + reasonOf(error), true);
      },
      onSuccess: () => {
        say(words.done, false);
        window.location.reload();
      },
    });
    // What was begun on this phone and broken off goes on where it stood.
    upload.findPreviousUploads().then((earlier) => {
      if (earlier.length > 0) upload.resumeFromPreviousUpload(earlier[0]);
      upload.start();
    });
  });
})();
