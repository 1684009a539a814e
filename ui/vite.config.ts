import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

// `--mode memory` builds the page with the in-memory host, for browsers without the app: tests and stories.
export default defineConfig({
  plugins: [react()],
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  // The content security policy allows files of the app alone: nothing is inlined as data.
  build: { target: 'es2022', assetsInlineLimit: 0, chunkSizeWarningLimit: 1500 },
  clearScreen: false,
  server: { port: 1420, strictPort: true, host: '127.0.0.1' },
});
