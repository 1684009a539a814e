import { isDish, menu, written } from './lib/menu';

interface Request {
  queryStringParameters?: Record<string, string>;
}

/** Behind `GET /order?of=tea`. */
export const main = async (request: Request) => {
  const of = request.queryStringParameters?.of ?? 'coffee';
  if (!isDish(of)) {
    return { statusCode: 404, body: JSON.stringify({ error: `there is no ${of}` }) };
  }
  return { statusCode: 200, body: JSON.stringify({ of, price: written(menu[of]) }) };
};
