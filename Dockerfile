# One image for all of Redress; docker-compose.yml says which process a container is.
FROM python:3.13-slim

ENV PYTHONUNBUFFERED=1 \
    DJANGO_SETTINGS_MODULE=config.settings \
    REDRESS_VAR=/app/var \
    VIRTUAL_ENV=/opt/venv \
    PATH=/opt/venv/bin:$PATH

RUN useradd --create-home --uid 1000 redress

WORKDIR /app
COPY requirements/production.txt requirements/production.txt
RUN pip install --no-cache-dir "uv>=0.13,<0.14" \
    && uv venv --no-cache "$VIRTUAL_ENV" \
    && uv pip sync --no-cache --compile-bytecode --require-hashes requirements/production.txt

COPY . .
# The files are collected at build time, with a key that signs nothing; the process may write to var/ only.
RUN SECRET_KEY=only-for-the-build ALLOWED_HOSTS=localhost python manage.py collectstatic --noinput --verbosity 0 \
    && chown -R redress:redress var

USER redress
EXPOSE 8000
CMD ["granian", "--interface", "wsgi", "--host", "0.0.0.0", "--port", "8000", "--workers", "2", "--blocking-threads", "16", "--no-ws", "config.wsgi:application"]
