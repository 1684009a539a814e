exports.f = async () => 1;
