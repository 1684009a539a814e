'use strict';

exports.run = async (event) => {
  console.log(JSON.stringify({ level: 'info', message: 'tidied', reason: event.reason }));
};
