import express from 'express';

// The yardstick: Express 5 that parses the same bodies and answers in the same words.
const app = express();
app.get('/health/ready', (_request, response) => void response.json({ status: 'ok' }));
app.post('/webhook', express.json(), (_request, response) => {
  response.json({ status: 'processing' });
});
app.listen(Number(process.argv[2]), '127.0.0.1');
