'use strict';

const notes = [
  { id: '1', text: 'Deploy without fear' },
  { id: '2', text: 'Read the plan' },
];

const answer = (statusCode, body) => ({
  statusCode,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
});

exports.list = async () =>
  answer(200, { greeting: process.env.GREETING, stage: process.env.STAGE, notes });

exports.get = async (event) => {
  const note = notes.find(({ id }) => id === event.pathParameters.id);
  return note ? answer(200, note) : answer(404, { message: 'No such note' });
};
